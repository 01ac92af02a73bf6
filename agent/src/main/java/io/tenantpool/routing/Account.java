package io.tenantpool.routing;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * As whom, where and how a session is: server, URL, user, driver properties, the surroundings that
 * the driver reads and the driver's class loader; everything but the credentials that open the
 * door. Holds no secret.
 *
 * <p>An account does not keep the driver's class loader alive. Once the loader is gone, its
 * accounts equal nothing but themselves.
 */
public final class Account {

  private final String server;
  private final String url;
  private final String user;
  private final String database;
  private final DriverProperties properties;
  private final Surroundings surroundings;

  /** Null for the boot loader. */
  private final @Nullable WeakReference<ClassLoader> driverLoader;

  private final int hash;

  /**
   * @param url as written, but for its password
   * @param properties of which the password does not count
   */
  Account(
      String server,
      String url,
      String user,
      String database,
      DriverProperties properties,
      Surroundings surroundings,
      @Nullable ClassLoader driverLoader) {
    this.server = server;
    this.url = url;
    this.user = user;
    this.database = database;
    this.properties = properties.withoutPassword();
    this.surroundings = surroundings;
    this.driverLoader = driverLoader == null ? null : new WeakReference<>(driverLoader);
    int mixed = 31 * url.hashCode() + server.hashCode();
    mixed = 31 * mixed + user.hashCode();
    mixed = 31 * mixed + properties.hashCode();
    mixed = 31 * mixed + surroundings.hashCode();
    this.hash = 31 * mixed + System.identityHashCode(driverLoader);
  }

  /** The user of the database as the driver is told; empty when it is told none. */
  public String user() {
    return user;
  }

  /** The database that a session of it is in; empty when the driver is told none. */
  public String database() {
    return database;
  }

  /** What the driver reads beside URL and properties. */
  public Surroundings surroundings() {
    return surroundings;
  }

  /** Whether the two differ in their surroundings at most. */
  public boolean isSameElsewhere(Account other) {
    return other == this
        || (other.url.equals(url)
            && other.server.equals(server)
            && other.user.equals(user)
            && other.properties.equals(properties)
            && sameLoader(other.driverLoader));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof Account account
            && account.hash == hash
            && account.surroundings.equals(surroundings)
            && isSameElsewhere(account));
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
    return user + "@" + server;
  }
}
