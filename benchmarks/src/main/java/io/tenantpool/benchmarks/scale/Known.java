package io.tenantpool.benchmarks.scale;

import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.observation.MicrometerSightings;
import io.tenantpool.observation.Observation;
import io.tenantpool.pool.PoolBenchmarkAccess;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.ConnectionRequest;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.Router;
import io.tenantpool.upkeep.Upkeep;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * An agent, all of it but the connections, which knows some tenants because each of them had a
 * connection once. The last hundred of them are live: they have one still, if their servers leave
 * them room.
 */
final class Known implements AutoCloseable {

  static final int LIVE = 100;

  /** What asks for {@code /metrics} has to show. */
  static final String TOKEN = "the-token-of-a-benchmark";

  private final int tenants;
  private final int servers;
  private final Router router;
  private final Observation observation;
  private final PoolManager pool;
  private final List<Route.Pooled> live = new ArrayList<>();

  /** {@code port}: where it answers {@code /metrics}. */
  Known(int tenants, int servers, int port) {
    this.tenants = tenants;
    this.servers = servers;
    RuntimeSettings runtime =
        new RuntimeSettings(
            Settings.of(
                "log-level=off,urls=jdbc:postgresql://*/{tenant},http-token="
                    + TOKEN
                    + ",max-connections="
                    + LIVE
                    + ",http-port="
                    + port));
    ModeSwitch mode = ModeSwitch.of(runtime);
    router = new Router(runtime.get(), System::nanoTime);
    observation =
        new Observation(runtime, "scale", Upkeep.threads(), new MicrometerSightings(), mode);
    pool = new PoolManager(runtime, Ticker.system(), observation.listener(), Upkeep.threads());
    pool.start();
    observation.start(pool);
  }

  /** Each tenant has a connection once, on its server. */
  Known fill() throws SQLException {
    for (int i = 0; i < tenants; i++) {
      Route.Pooled route = route(i);
      PoolBenchmarkAccess.borrow(pool, route).end();
      if (i >= tenants - LIVE) {
        live.add(route);
      }
    }
    return this;
  }

  private Route.Pooled route(int tenant) {
    String url = "jdbc:postgresql://server-" + tenant % servers + ":5432/tenant_" + tenant;
    Properties login = new Properties();
    login.setProperty("user", "app");
    return (Route.Pooled)
        router.route(new ConnectionRequest(url, login, Known.class.getClassLoader()));
  }

  int tenants() {
    return tenants;
  }

  int servers() {
    return servers;
  }

  /** Borrow and return, by the live tenants in turn; nanoseconds for each. */
  double borrowNanos(int times) throws SQLException {
    int size = live.size();
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      PoolBenchmarkAccess.borrow(pool, live.get(i % size)).end();
    }
    return (double) (System.nanoTime() - start) / times;
  }

  @Override
  public void close() throws Exception {
    pool.close();
    observation.close();
  }
}
