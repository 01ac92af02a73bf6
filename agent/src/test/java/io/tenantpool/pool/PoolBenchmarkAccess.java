package io.tenantpool.pool;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.ResetPolicy;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.Lease;
import io.tenantpool.routing.Route;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lets the benchmarks use the pool over stub connections. */
public final class PoolBenchmarkAccess {

  private static final StubServer SERVER = new StubServer();

  private PoolBenchmarkAccess() {}

  public static PoolManager manager(int budget, int perTenant) {
    return new PoolManager(
        new Settings(
            true,
            List.of(),
            List.of(),
            budget,
            0,
            List.of(),
            perTenant,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            ResetPolicy.ALWAYS,
            false,
            false,
            LogLevel.OFF,
            LogFormat.TEXT,
            Optional.empty()),
        Ticker.system(),
        new PoolListener() {});
  }

  public static Lease borrow(PoolManager manager, Route.Pooled route) throws SQLException {
    return manager.borrow(route, SERVER.opener());
  }
}
