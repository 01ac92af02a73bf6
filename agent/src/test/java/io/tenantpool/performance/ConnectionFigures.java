package io.tenantpool.performance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.connection.WithoutReset;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.ConnectionRequest;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.Router;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Figures that need a server: what a connection from the pool costs beside HikariCP and beside a
 * raw connect, what a switch between tenants costs, and how a greedy tenant and modest ones get
 * along ({@link GreedyFigures}), also when there are far too many ({@link OverloadFigures}).
 * Everything is compared within one run.
 */
public final class ConnectionFigures {

  private static final int ROUNDS = 7;

  private final EmbeddedPostgres postgres;

  private ConnectionFigures(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  public static void main(String[] args) throws Exception {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setServerConfig("max_connections", "80").start()) {
      ConnectionFigures figures = new ConnectionFigures(postgres);
      for (int i = 0; i < 12; i++) {
        figures.execute("CREATE DATABASE t" + i);
      }
      List<String> wanted =
          args.length == 0
              ? List.of("open", "switch", "three", "greedy", "overload")
              : List.of(args);
      if (wanted.contains("open")) {
        figures.openSelectClose();
      }
      if (wanted.contains("switch")) {
        figures.tenantSwitch();
      }
      if (wanted.contains("three")) {
        figures.threeAtOnce();
      }
      if (wanted.contains("greedy")) {
        new GreedyFigures(figures::url).print();
      }
      if (wanted.contains("overload")) {
        new OverloadFigures(figures::url, 60).print();
      }
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database + "?user=postgres";
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void selectOne(Connection connection) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 1")) {
      result.next();
      if (result.getInt(1) != 1) {
        throw new SQLException("not 1");
      }
    }
  }

  private static PoolManager pool(Settings settings) {
    PoolManager pool = new PoolManager(settings, Ticker.system(), new PoolListener() {});
    pool.start();
    return pool;
  }

  private void openSelectClose() throws Exception {
    Settings settings = Settings.defaults();
    Router router = new Router(settings, System::nanoTime);
    LogicalConnections logical = new LogicalConnections();
    org.postgresql.Driver driver = new org.postgresql.Driver();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url("t0"));
    config.setMaximumPoolSize(3);
    try (HikariDataSource hikari = new HikariDataSource(config);
        PooledDriver pooled = new PooledDriver(settings);
        PoolManager poolWithoutReset = pool(settings)) {
      DriverManager.registerDriver(new BenchDriver("agent:", pooled::connect));
      DriverManager.registerDriver(
          new BenchDriver(
              "noreset:",
              (url, info) -> {
                Properties copy = (Properties) info.clone();
                Route.Pooled route =
                    (Route.Pooled)
                        router.route(
                            new ConnectionRequest(url, copy, driver.getClass().getClassLoader()));
                return logical.open(
                    () ->
                        poolWithoutReset.borrow(
                            route, () -> WithoutReset.of(driver.connect(url, copy))));
              }));
      String agent = "agent:" + url("t0");
      String withoutReset = "noreset:" + url("t0");
      String raw = url("t0");
      for (int threads : new int[] {1, 2}) {
        System.out.println("open + SELECT 1 + close, " + threads + " thread(s)");
        new Interleaved(threads, 1000)
            .variant(
                "HikariCP, resets nothing", (index, times) -> repeat(times, hikari::getConnection))
            .variant(
                "agent", (index, times) -> repeat(times, () -> DriverManager.getConnection(agent)))
            .variant(
                "agent, reset switched off",
                (index, times) -> repeat(times, () -> DriverManager.getConnection(withoutReset)))
            .variant(
                "DriverManager without the agent",
                (index, times) -> repeat(times, () -> DriverManager.getConnection(raw)))
            .run(ROUNDS)
            .forEach(System.out::println);
      }
    }
  }

  private interface Source {
    Connection open() throws SQLException;
  }

  private static void repeat(int times, Source source) throws SQLException {
    for (int i = 0; i < times; i++) {
      selectOne(source.open());
    }
  }

  private void tenantSwitch() throws Exception {
    Settings settings = Settings.of("max-connections=2,max-connections-per-tenant=2");
    try (PooledDriver pooled = new PooledDriver(settings)) {
      int[] next = new int[1];
      System.out.println("a connection for a tenant that has none, budget exhausted");
      new Interleaved(1, 1000)
          .variant(
              "raw connect and close",
              (index, times) -> connects(times, next, i -> pooled.raw(url("t" + i))))
          .variant(
              "tenant switch",
              (index, times) -> connects(times, next, i -> pooled.connect(url("t" + i))))
          .run(ROUNDS)
          .forEach(System.out::println);
    }
  }

  private interface NumberedSource {
    Connection open(int number) throws Throwable;
  }

  private static void connects(int times, int[] next, NumberedSource source) throws Exception {
    for (int i = 0; i < times; i++) {
      next[0] = (next[0] + 1) % 12;
      try (Connection connection = source.open(next[0])) {
        connection.getAutoCommit();
      } catch (Throwable e) {
        throw new Exception(e);
      }
    }
  }

  private void threeAtOnce() throws Exception {
    Settings settings = Settings.defaults();
    System.out.println("three borrows at once on an empty tenant");
    try (PooledDriver pooled = new PooledDriver(settings)) {
      PoolManager pool = pooled.pool();
      List<Double> one = new ArrayList<>();
      List<Double> threeRaw = new ArrayList<>();
      List<Double> three = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int round = -20; round < 101; round++) {
        String url = url("t" + Math.floorMod(round, 12));
        double single = together(1, () -> pooled.raw(url));
        double tripleRaw = together(3, () -> pooled.raw(url));
        double triple = together(3, () -> pooled.connect(url));
        String server = pool.servers().get(0).server();
        while (pool.server(server).orElseThrow().open() > 0) {
          pool.evictIdle(server);
          Thread.onSpinWait();
        }
        if (round >= 0) {
          one.add(single);
          threeRaw.add(tripleRaw / single);
          three.add(triple);
          ratios.add(triple / single);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "one raw connect %.0f µs, three borrows %.0f µs, ratio %.2f (three raw connects: %.2f)%n",
          Interleaved.median(one) / 1000,
          Interleaved.median(three) / 1000,
          Interleaved.median(ratios),
          Interleaved.median(threeRaw));
    }
  }

  private interface Opener {
    Connection open() throws Throwable;
  }

  /** Nanoseconds until all threads have their connection. */
  private static double together(int threads, Opener opener) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(threads);
    CountDownLatch have = new CountDownLatch(threads);
    AtomicLong start = new AtomicLong();
    List<Connection> connections = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < threads; i++) {
      new Thread(
              () -> {
                try {
                  barrier.await();
                  start.compareAndSet(0, System.nanoTime());
                  connections.add(opener.open());
                } catch (Throwable e) {
                  e.printStackTrace();
                } finally {
                  have.countDown();
                }
              })
          .start();
    }
    have.await();
    double nanos = System.nanoTime() - start.get();
    for (Connection connection : connections) {
      connection.close();
    }
    return nanos;
  }
}
