package io.tenantpool.it.support;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What connections through a {@link FaultProxy} meet from now on.
 *
 * @param open those that are open
 * @param fresh those that come
 * @param lateNanos how much later answers arrive with {@link Fault#LATE}
 * @param refusal what {@link Fault#REFUSE} answers, as the protocol has it
 */
record Weather(Fault open, Fault fresh, long lateNanos, byte[] refusal) {

  static final Weather FINE = of(Fault.NONE, Fault.NONE);

  private static final byte[] NOTHING = {};

  static Weather of(Fault open, Fault fresh) {
    return new Weather(open, fresh, 0, NOTHING);
  }

  static Weather late(Duration by) {
    return new Weather(Fault.LATE, Fault.LATE, by.toNanos(), NOTHING);
  }

  /** Those that come are refused by this error. */
  static Weather refusing(Fault open, String sqlState, String message) {
    return new Weather(open, Fault.REFUSE, 0, errorResponse(sqlState, message));
  }

  /** The message ErrorResponse (PostgreSQL, "Message Formats"). */
  private static byte[] errorResponse(String sqlState, String message) {
    String fields = "SFATAL\0VFATAL\0C" + sqlState + "\0M" + message + "\0\0";
    byte[] body = fields.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
        .put((byte) 'E')
        .putInt(Integer.BYTES + body.length)
        .put(body)
        .array();
  }
}
