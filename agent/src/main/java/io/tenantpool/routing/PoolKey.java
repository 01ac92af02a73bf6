package io.tenantpool.routing;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What may be shared: server, URL, user, credentials, driver properties, the driver's class loader.
 * Two requests that differ in any of these never share a physical connection.
 *
 * <p>A key does not keep the driver's class loader alive. Once the loader is gone, its keys equal
 * nothing but themselves.
 */
public final class PoolKey {

  private final String server;
  private final String url;
  private final String user;
  private final DriverProperties properties;

  /** Null for the boot loader. */
  private final @Nullable WeakReference<ClassLoader> driverLoader;

  private final String displayUrl;
  private final int hash;

  PoolKey(
      String server,
      String url,
      String user,
      DriverProperties properties,
      @Nullable ClassLoader driverLoader,
      String displayUrl) {
    this.server = server;
    this.url = url;
    this.user = user;
    this.properties = properties;
    this.driverLoader = driverLoader == null ? null : new WeakReference<>(driverLoader);
    this.displayUrl = displayUrl;
    int mixed = 31 * url.hashCode() + server.hashCode();
    mixed = 31 * mixed + user.hashCode();
    mixed = 31 * mixed + properties.hashCode();
    this.hash = 31 * mixed + System.identityHashCode(driverLoader);
  }

  /** The user of the database as the driver is told; empty when it is told none. */
  public String user() {
    return user;
  }

  /** The URL without secrets, for people to read. */
  public String displayUrl() {
    return displayUrl;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof PoolKey key
            && key.hash == hash
            && key.url.equals(url)
            && key.server.equals(server)
            && key.user.equals(user)
            && key.properties.equals(properties)
            && sameLoader(key.driverLoader));
  }

  private boolean sameLoader(@Nullable WeakReference<ClassLoader> other) {
    if (driverLoader == null || other == null) {
      return driverLoader == other;
    }
    ClassLoader loader = driverLoader.get();
    return loader != null && other.refersTo(loader);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return displayUrl;
  }
}
