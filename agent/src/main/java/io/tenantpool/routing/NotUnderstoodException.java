package io.tenantpool.routing;

import io.tenantpool.config.NotPooled;
import org.jspecify.annotations.Nullable;

/**
 * A URL, or what came with it, that cannot be read well enough to say with whom it may share. Never
 * leaves this package; carries no stack, for it is an answer and not a fault.
 */
final class NotUnderstoodException extends Exception {

  private static final long serialVersionUID = 1L;

  private final NotPooled why;
  private final String reason;
  private final @Nullable String server;

  /** {@code reason} is for the operator and repeats nothing of what the application wrote. */
  NotUnderstoodException(String reason) {
    this(reason, null);
  }

  NotUnderstoodException(String reason, @Nullable String server) {
    this(NotPooled.NOT_UNDERSTOOD, reason, server);
  }

  NotUnderstoodException(NotPooled why, String reason, @Nullable String server) {
    super(reason, null, false, false);
    this.why = why;
    this.reason = reason;
    this.server = server;
  }

  NotPooled why() {
    return why;
  }

  String reason() {
    return reason;
  }

  /** The server, where that much could be read. */
  @Nullable String server() {
    return server;
  }
}
