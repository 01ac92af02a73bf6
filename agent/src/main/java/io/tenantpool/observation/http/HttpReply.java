package io.tenantpool.observation.http;

import java.nio.charset.StandardCharsets;

/** What is sent back. */
record HttpReply(int status, String reason, String contentType, byte[] body, String moreHeaders) {

  private static final String TEXT = "text/plain; charset=utf-8";

  static HttpReply ok(String contentType, String body) {
    return new HttpReply(200, "OK", contentType, body.getBytes(StandardCharsets.UTF_8), "");
  }

  static HttpReply failure(int status, String reason) {
    return failure(status, reason, "");
  }

  private static HttpReply failure(int status, String reason, String header) {
    byte[] body = (reason + "\n").getBytes(StandardCharsets.UTF_8);
    return new HttpReply(status, reason, TEXT, body, header.isEmpty() ? "" : header + "\r\n");
  }

  static HttpReply unauthorized() {
    return failure(401, "Unauthorized", "WWW-Authenticate: Bearer realm=\"tenantpool\"");
  }

  static HttpReply wrongMethod() {
    return failure(405, "Method Not Allowed", "Allow: GET, HEAD");
  }

  /** The bytes on the wire; without the body it is the answer to {@code HEAD}. */
  byte[] bytes(boolean withBody) {
    String head =
        "HTTP/1.1 "
            + status
            + " "
            + reason
            + "\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + body.length
            + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
            + moreHeaders
            + "Connection: close\r\n\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[headBytes.length + (withBody ? body.length : 0)];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(body, 0, all, headBytes.length, all.length - headBytes.length);
    return all;
  }
}
