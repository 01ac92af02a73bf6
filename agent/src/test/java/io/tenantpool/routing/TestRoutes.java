package io.tenantpool.routing;

/** Routes for tests of other packages. */
public final class TestRoutes {

  private TestRoutes() {}

  public static Route.Pooled route(String tenant) {
    return route(tenant, "app", false);
  }

  public static Route.Pooled route(String tenant, String user, boolean system) {
    return new Route.Pooled("db:5432", tenant, key(tenant, user), system);
  }

  private static PoolKey key(String tenant, String user) {
    String url = "jdbc:postgresql://db/" + tenant;
    return new PoolKey("db:5432", url, user, DriverProperties.NONE, null, url);
  }
}
