package io.tenantpool.it.support;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first packet of a client, as far as it has come (PostgreSQL, "Message Formats":
 * StartupMessage, SSLRequest, GSSENCRequest, CancelRequest).
 */
final class Startup {

  private static final int HEADER = 2 * Integer.BYTES;
  private static final int CANCEL_REQUEST = 80877102;
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private boolean hasAsked;

  void add(byte[] bytes) {
    read.writeBytes(bytes);
  }

  byte[] bytes() {
    return read.toByteArray();
  }

  private int number(int index) {
    return ByteBuffer.wrap(read.toByteArray()).getInt(index * Integer.BYTES);
  }

  /** Whether the client has said what it wants, be it encryption for now. */
  boolean hasBegun() {
    return hasAsked || hasHeader();
  }

  private boolean hasHeader() {
    return read.size() >= HEADER;
  }

  boolean isComplete() {
    return hasHeader() && read.size() >= number(0);
  }

  /** Whether it asks for an encrypted connection; then the real one follows. */
  boolean asksForEncryption() {
    return isComplete() && (number(1) == SSL_REQUEST || number(1) == GSS_REQUEST);
  }

  /** The next packet is the first one. */
  void forget() {
    hasAsked = true;
    byte[] bytes = read.toByteArray();
    int length = number(0);
    read.reset();
    read.write(bytes, length, bytes.length - length);
  }

  /** Whether it only cancels what another connection does. */
  boolean cancels() {
    return hasHeader() && number(1) == CANCEL_REQUEST;
  }

  /** The database that it names; the user, who stands for it, otherwise; nothing of a cancel. */
  String database() {
    if (cancels()) {
      return "";
    }
    byte[] bytes = read.toByteArray();
    String[] words =
        new String(bytes, HEADER, number(0) - HEADER, StandardCharsets.UTF_8).split("\0", -1);
    String found = "";
    for (int i = 0; i + 1 < words.length; i += 2) {
      if (words[i].equals("database") || words[i].equals("user") && found.isEmpty()) {
        found = words[i + 1];
      }
    }
    return found;
  }
}
