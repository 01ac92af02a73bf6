package io.tenantpool.routing;

import java.util.Objects;

/**
 * What may be shared: server, URL, user, credentials, driver properties, the driver's class loader.
 * Two requests that differ in any of these never share a physical connection.
 */
public final class PoolKey {

  private final String server;
  private final String url;

  PoolKey(String server, String url) {
    this.server = server;
    this.url = url;
  }

  /** The URL without secrets, for people to read. */
  public String displayUrl() {
    return url;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PoolKey key && key.server.equals(server) && key.url.equals(url);
  }

  @Override
  public int hashCode() {
    return Objects.hash(server, url);
  }

  @Override
  public String toString() {
    return displayUrl();
  }
}
