package io.tenantpool.observation.http;

import java.io.IOException;

/** What came is no request, or one that is too large or too slow. */
final class BadRequestException extends IOException {

  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // never serialised
  private final HttpReply reply;

  BadRequestException(int status, String reason) {
    super(reason);
    this.reply = HttpReply.failure(status, reason);
  }

  HttpReply reply() {
    return reply;
  }
}
