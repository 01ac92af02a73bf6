package io.tenantpool.routing;

import org.jspecify.annotations.Nullable;

/** Routes for tests of other packages. */
public final class TestRoutes {

  private TestRoutes() {}

  public static Route.Pooled route(String tenant) {
    return route(tenant, "app", false);
  }

  public static Route.Pooled route(String tenant, String user, boolean system) {
    return new Route.Pooled("db:5432", tenant, key(tenant, user, null), system, false);
  }

  /** Of a tenant whose database has another name. */
  public static Route.Pooled routeTo(String tenant, String user, String database) {
    String url = "jdbc:postgresql://db/" + database;
    Account account =
        new Account("db:5432", url, user, database, DriverProperties.NONE, Surroundings.NONE, null);
    return new Route.Pooled("db:5432", tenant, new PoolKey(account, null, "", url), false, false);
  }

  /** With a password. */
  public static Route.Pooled route(String tenant, String user, String password) {
    return route(tenant, user, password, false);
  }

  /** The same, of a system tenant perhaps. */
  public static Route.Pooled route(String tenant, String user, String password, boolean system) {
    return new Route.Pooled("db:5432", tenant, key(tenant, user, password), system, false);
  }

  private static PoolKey key(String tenant, String user, @Nullable String password) {
    String url = "jdbc:postgresql://db/" + tenant;
    Account account =
        new Account("db:5432", url, user, "", DriverProperties.NONE, Surroundings.NONE, null);
    return new PoolKey(account, password, "", url);
  }
}
