package io.tenantpool.routing;

/**
 * What a driver reads beside URL and properties when it connects, and what a session is different
 * by.
 *
 * @param timeZone the JVM's default zone, which the driver gives the session; empty for a driver
 *     that does not
 * @param proxy the proxy of the JVM through which the socket goes; empty for none
 */
public record Surroundings(String timeZone, String proxy) {

  /** Of a driver that reads nothing. */
  public static final Surroundings NONE = new Surroundings("", "");
}
