package io.tenantpool.observation.http;

import io.tenantpool.pool.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request (RFC 9112). A body is never read, for nothing here takes one.
 *
 * @param path without the query
 * @param authorization the header; null when there is none
 * @param hasBody whether the client announces one
 */
record HttpRequest(String method, String path, @Nullable String authorization, boolean hasBody) {

  /** Of request line and headers together. */
  static final int MOST_BYTES = 8192;

  /** From the connect to the end of the headers, however slowly they drip. */
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  /**
   * Reads from {@code socket}.
   *
   * @throws BadRequestException with the reply for the client
   */
  static HttpRequest read(Socket socket, Ticker ticker) throws IOException {
    return parse(head(socket, ticker));
  }

  private static String head(Socket socket, Ticker ticker) throws IOException {
    long start = ticker.nanos();
    byte[] bytes = new byte[MOST_BYTES];
    int length = 0;
    InputStream in = socket.getInputStream();
    while (true) {
      long left = LONGEST_NANOS - (ticker.nanos() - start);
      if (left <= 0) {
        throw new BadRequestException(408, "Request Timeout");
      }
      socket.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
      int read;
      try {
        read = in.read(bytes, length, bytes.length - length);
      } catch (SocketTimeoutException e) {
        throw new BadRequestException(408, "Request Timeout");
      }
      if (read < 0) {
        throw new BadRequestException(400, "Bad Request");
      }
      length += read;
      String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        return text.substring(0, end);
      }
      if (length == bytes.length) {
        throw new BadRequestException(431, "Request Header Fields Too Large");
      }
    }
  }

  static HttpRequest parse(String head) throws BadRequestException {
    String[] lines = head.split("\r\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || words[0].isEmpty() || !words[2].startsWith("HTTP/1.")) {
      throw new BadRequestException(400, "Bad Request");
    }
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 1) {
        throw new BadRequestException(400, "Bad Request");
      }
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      String before = headers.put(name, lines[i].substring(colon + 1).strip());
      if (before != null && name.equals("authorization")) {
        throw new BadRequestException(400, "Bad Request");
      }
    }
    int query = words[1].indexOf('?');
    return new HttpRequest(
        words[0],
        query < 0 ? words[1] : words[1].substring(0, query),
        headers.get("authorization"),
        headers.containsKey("transfer-encoding")
            || !headers.getOrDefault("content-length", "0").equals("0"));
  }
}
