package io.tenantpool.pool;

import io.tenantpool.config.Settings;
import io.tenantpool.connection.Lease;
import io.tenantpool.routing.Route;
import java.sql.SQLException;

/** Lets the benchmarks use the pool over stub connections. */
public final class PoolBenchmarkAccess {

  private static final StubServer SERVER = new StubServer();

  private PoolBenchmarkAccess() {}

  public static PoolManager manager(int budget, int perTenant) {
    return manager(budget, perTenant, new PoolListener() {});
  }

  public static PoolManager manager(int budget, int perTenant, PoolListener listener) {
    return new PoolManager(
        Settings.of("max-connections=" + budget + ",max-connections-per-tenant=" + perTenant),
        Ticker.system(),
        listener);
  }

  /** Whether leases leave their sessions as they found them, so that nothing is reset. */
  public static void leaveUntouched(boolean untouched) {
    SERVER.untouched = untouched;
  }

  public static Lease borrow(PoolManager manager, Route.Pooled route) throws SQLException {
    return manager.borrow(route, SERVER.opener());
  }
}
