package io.tenantpool.benchmarks.way;

import static io.tenantpool.benchmarks.load.AccessKind.DRIVER_MANAGER;
import static io.tenantpool.benchmarks.load.AccessKind.POOL_FOR_EACH_TENANT;

import java.util.List;

/** All that there are, in the order of the pictures. */
public final class Ways {

  public static final List<Way> ALL =
      List.of(
          new NoPooling(),
          new HikariForEachTenant(),
          new LruMap(),
          new PgBouncer("pgbouncer-session", PgBouncer.Mode.SESSION, DRIVER_MANAGER),
          new PgBouncer("pgbouncer-transaction", PgBouncer.Mode.TRANSACTION, DRIVER_MANAGER),
          new PgBouncer("hikari+pgbouncer-session", PgBouncer.Mode.SESSION, POOL_FOR_EACH_TENANT),
          new PgBouncer(
              "hikari+pgbouncer-transaction", PgBouncer.Mode.TRANSACTION, POOL_FOR_EACH_TENANT),
          new Pgpool(),
          new Agent("agent", DRIVER_MANAGER),
          new Agent("hikari+agent", POOL_FOR_EACH_TENANT));

  private Ways() {}

  /**
   * The way of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Way of(String name) {
    return ALL.stream()
        .filter(way -> way.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no way " + name));
  }
}
