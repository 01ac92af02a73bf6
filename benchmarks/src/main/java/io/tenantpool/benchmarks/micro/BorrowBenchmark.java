package io.tenantpool.benchmarks.micro;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.pool.PoolBenchmarkAccess;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Borrow and return over connections that are not there, by sessions that nobody asked anything and
 * that need no reset: the agent's pool with few and with many tenants known, and HikariCP.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class BorrowBenchmark {

  private static final int CONNECTIONS = 10;
  private static final int BUDGET = 40;

  /** The agent's pool, in which so many tenants have had a connection once. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class TenantPool {

    @Param({"10", "50000"})
    public int tenants;

    private PoolManager manager;
    private List<Route.Pooled> working;

    @Setup
    public void fill() throws SQLException {
      PoolBenchmarkAccess.leaveUntouched(true);
      manager = PoolBenchmarkAccess.manager(BUDGET, CONNECTIONS);
      manager.start();
      for (int i = tenants - 1; i >= 0; i--) {
        PoolBenchmarkAccess.borrow(manager, route(i)).end();
      }
      working = IntStream.range(0, CONNECTIONS).mapToObj(TenantPool::route).toList();
    }

    private static Route.Pooled route(int tenant) {
      return TestRoutes.route("tenant_" + tenant);
    }

    @TearDown
    public void close() throws Exception {
      manager.close();
    }
  }

  /** A pool of one tenant. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Hikari {

    private HikariDataSource pool;

    @Setup
    public void open() {
      HikariConfig config = new HikariConfig();
      config.setDataSource(EmptyConnections.source());
      config.setMaximumPoolSize(CONNECTIONS);
      config.setMinimumIdle(CONNECTIONS);
      pool = new HikariDataSource(config);
    }

    @TearDown
    public void close() {
      pool.close();
    }
  }

  /** Where a thread is among the tenants that work. */
  @State(Scope.Thread)
  public static class Place {
    private int next;
  }

  @Benchmark
  public void hikari(Hikari hikari) throws SQLException {
    hikari.pool.getConnection().close();
  }

  @Benchmark
  public void oneTenant(TenantPool pool) throws SQLException {
    PoolBenchmarkAccess.borrow(pool.manager, pool.working.get(0)).end();
  }

  @Benchmark
  public void tenTenantsInTurn(TenantPool pool, Place place) throws SQLException {
    place.next = (place.next + 1) % CONNECTIONS;
    PoolBenchmarkAccess.borrow(pool.manager, pool.working.get(place.next)).end();
  }
}
