package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.interception.Creations;
import io.tenantpool.interception.Redirect;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.Router;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The worked example of docs/capacity-planning.md: a small day of 24 tenants on a real server that
 * is only observed, a cap read off the curve, and the same day pooled under that cap.
 */
final class CapacityPlanningTest {

  private static final int TENANTS = 24;
  private static final int THREADS = 6;
  private static final int REQUESTS = 180;

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().setServerConfig("max_connections", "60").start();
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < TENANTS; i++) {
        statement.execute("CREATE DATABASE shop" + i);
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database + "?user=postgres";
  }

  /** A day under one cap: what the pool counted, and what the agent showed at its end. */
  private record Day(ServerSnapshot server, CompositeData[] curve, int recommended, String report) {

    double hitRate(int cap) {
      return (double) row(cap).get("hitRate");
    }

    CompositeData row(int cap) {
      return Arrays.stream(curve).filter(r -> r.get("cap").equals(cap)).findFirst().orElseThrow();
    }
  }

  private static Day day(String mode, int cap) throws Exception {
    Settings settings =
        Settings.of(
            "meters=false,hikari-mbeans=false,max-connections-per-tenant=1,mode="
                + mode
                + ",max-connections="
                + cap);
    MBeanServer mbeans = MBeanServerFactory.newMBeanServer();
    Observation observation =
        new Observation(
            new RuntimeSettings(settings),
            "1.0",
            Upkeep.threads(),
            Ticker.system(),
            () -> mbeans,
            line -> {});
    try (PoolManager pool = new PoolManager(settings, Ticker.system(), observation.listener())) {
      ObservationDesk desk = observation.prepare(PoolFigures.of(pool));
      pool.start();
      Redirect redirect =
          new Redirect(
              new Router(settings, System::nanoTime),
              pool,
              new LogicalConnections(),
              new Creations(),
              new Faults(System.err),
              new ModeSwitch(settings.mode()));
      request(redirect, 0);
      desk.step();
      work(redirect);
      return evening(pool, desk, mbeans);
    }
  }

  private static void work(Redirect redirect) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Integer>> all = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(thread);
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < REQUESTS; i++) {
                  request(redirect, (int) (TENANTS * Math.pow(random.nextDouble(), 4)));
                }
                return REQUESTS;
              }));
    }
    threads.shutdown();
    for (Future<Integer> one : all) {
      one.get(120, TimeUnit.SECONDS);
    }
  }

  private static void request(Redirect redirect, int tenant) throws SQLException {
    try (Connection connection = connect(redirect, url("shop" + tenant));
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_sleep(0.002)");
    }
  }

  private static Connection connect(Redirect redirect, String url) throws SQLException {
    try {
      return (Connection)
          Objects.requireNonNull(redirect.connect(new org.postgresql.Driver(), url, null));
    } catch (SQLException e) {
      throw e;
    } catch (Throwable e) {
      throw new SQLException(e);
    }
  }

  /** Waits until the last borrow has reached the curve. */
  private static Day evening(PoolManager pool, ObservationDesk desk, MBeanServer mbeans)
      throws JMException {
    ServerSnapshot server = pool.servers().get(0);
    ObjectName name = new ObjectName(Names.server(server.server()));
    ObjectName manager = new ObjectName(Names.POOL_MANAGER);
    String all = "last " + (THREADS * REQUESTS + 1) + " borrows";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    String report;
    do {
      desk.step();
      report = (String) mbeans.invoke(manager, "report", new Object[0], new String[0]);
    } while (!report.contains(all) && System.nanoTime() < end);
    assertTrue(report.contains(all), report);
    return new Day(
        server,
        (CompositeData[]) mbeans.getAttribute(name, "CapacityCurve"),
        (int) mbeans.getAttribute(name, "RecommendedMaxConnections"),
        report);
  }

  private static double hitRate(ServerSnapshot server) {
    return (double) server.hits() / server.borrows();
  }

  @Test
  void aCapThatWasReadOffTheCurveDoesWhatTheCurveSaid() throws Exception {
    Day first = day("observe", 50);
    assertEquals(0, first.server().opens(), first.report());
    assertTrue(first.report().contains("Server 127.0.0.1:" + postgres.getPort() + ", observed"));
    int cap = first.recommended();
    assertTrue(cap >= THREADS / 2 && cap < 50, first.report());
    assertEquals("recommended", first.row(cap).get("mark"));
    Day second = day("pool", cap);
    // Borrowers of one tenant that wait for each other need fewer connections than the curve says.
    assertTrue(hitRate(second.server()) > first.hitRate(cap) - 0.04, second.report());
    assertTrue(second.server().peakOpen() <= cap);
    assertEquals(0, second.server().timeouts());
  }
}
