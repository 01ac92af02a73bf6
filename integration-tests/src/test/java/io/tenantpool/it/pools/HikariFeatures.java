package io.tenantpool.it.pools;

import static io.tenantpool.it.pools.PoolFeatures.comesBack;
import static io.tenantpool.it.pools.PoolScene.ask;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import io.tenantpool.it.pools.library.Hikari;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;

/** What HikariCP promises beyond every pool's features. */
final class HikariFeatures {

  private static final long PAUSE_NANOS = 10_000_000;
  private static final long LONGEST_WAIT_NANOS = 10_000_000_000L;

  private HikariFeatures() {}

  static Map<String, PoolCase> all() {
    Map<String, PoolCase> cases = new LinkedHashMap<>();
    cases.put("connectionInitSql in every checkout", HikariFeatures::initSql);
    cases.put("default isolation", HikariFeatures::isolation);
    cases.put("read-only by default", HikariFeatures::readOnly);
    cases.put("schema", HikariFeatures::schema);
    cases.put("catalog", HikariFeatures::catalog);
    cases.put("network time-out", HikariFeatures::networkTimeout);
    cases.put("leak detection", HikariFeatures::leak);
    cases.put("its own MBeans", HikariFeatures::mBeans);
    cases.put("its own metrics", HikariFeatures::metrics);
    cases.put("a DataSource that answers unwrap with an exception", HikariFeatures::noUnwrap);
    cases.put("closed while connections are out", HikariFeatures::closedInUse);
    return cases;
  }

  private static HikariDataSource open(PoolScene scene, HikariConfig config) {
    return scene.closing(new HikariDataSource(config));
  }

  private static HikariConfig config(PoolScene scene, int tenant, int maximum) {
    return Hikari.config(scene.settings(tenant, maximum));
  }

  /**
   * Two pools with different set-ups for each tenant, in turn and two connections at a time, so
   * that sessions go from one pool to another.
   */
  private static Object initSql(PoolScene scene) throws SQLException {
    List<DataSource> pools = new ArrayList<>();
    for (int i = 0; i < 2 * scene.databases().size(); i++) {
      HikariConfig config = config(scene, i / 2, 4);
      config.setPoolName("set up as " + i);
      config.setConnectionInitSql(
          "SET app.pool = '" + i + "'; SET search_path = s" + i + ", public");
      pools.add(open(scene, config));
    }
    Set<String> wrong = new TreeSet<>();
    int checkouts = 0;
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < pools.size(); i++) {
        try (Connection one = pools.get(i).getConnection();
            Connection two = pools.get(i).getConnection()) {
          for (Connection each : List.of(one, two)) {
            String seen =
                ask(each, "SELECT current_setting('app.pool') || current_setting('search_path')");
            if (!seen.equals(i + "s" + i + ", public")) {
              wrong.add(i + ": " + seen);
            }
            checkouts++;
          }
        }
      }
    }
    return checkouts + " checkouts, wrong " + wrong;
  }

  private static Object isolation(PoolScene scene) throws SQLException {
    HikariConfig config = config(scene, 0, 1);
    config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    return comesBack(
        open(scene, config),
        c -> c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED),
        c -> c.getTransactionIsolation() + " " + ask(c, "SHOW transaction_isolation"));
  }

  private static Object readOnly(PoolScene scene) throws SQLException {
    HikariConfig config = config(scene, 0, 1);
    config.setReadOnly(true);
    return comesBack(
        open(scene, config), c -> c.setReadOnly(false), PoolFeatures::readOnlyInMemoryAndInFact);
  }

  private static Object schema(PoolScene scene) throws SQLException {
    HikariConfig config = config(scene, 0, 1);
    config.setSchema("pg_catalog");
    return comesBack(
        open(scene, config),
        c -> c.setSchema("public"),
        c -> c.getSchema() + " " + ask(c, "SELECT current_schema()"));
  }

  private static Object catalog(PoolScene scene) throws SQLException {
    HikariConfig config = config(scene, 0, 1);
    config.setCatalog(scene.databases().get(0));
    return comesBack(
        open(scene, config),
        c -> c.setCatalog("somewhere_else"),
        c -> scene.databases().get(0).equals(c.getCatalog()));
  }

  private static Object networkTimeout(PoolScene scene) throws SQLException {
    return comesBack(
        open(scene, config(scene, 0, 1)),
        c -> c.setNetworkTimeout(Runnable::run, 4_321),
        c -> c.getNetworkTimeout() + " " + ask(c, "SELECT 1"));
  }

  /** HikariCP's log goes to standard error. */
  private static Object leak(PoolScene scene) throws SQLException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      HikariConfig config = config(scene, 0, 1);
      config.setLeakDetectionThreshold(2_000);
      Seen seen = new Seen();
      try (Connection leaked = open(scene, config).getConnection()) {
        ask(leaked, "SELECT 1");
        seen.get("while out", () -> await(() -> text(log).contains("leak detection triggered")));
        seen.get("the place", () -> await(() -> text(log).contains("HikariFeatures.leak(")));
      }
      return seen.get("returned", () -> await(() -> text(log).contains("(unleaked)")));
    } finally {
      System.setErr(before);
    }
  }

  private static String text(ByteArrayOutputStream log) {
    return log.toString(StandardCharsets.UTF_8);
  }

  private static boolean await(BooleanSupplier condition) {
    long end = System.nanoTime() + LONGEST_WAIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  private static Object mBeans(PoolScene scene) throws Exception {
    HikariConfig config = config(scene, 0, 5);
    config.setPoolName("beans");
    config.setMinimumIdle(5);
    config.setRegisterMbeans(true);
    HikariDataSource pool = open(scene, config);
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("com.zaxxer.hikari:type=Pool (beans)");
    Seen seen = new Seen();
    try (Connection one = pool.getConnection();
        Connection two = pool.getConnection()) {
      ask(one, "SELECT 1");
      ask(two, "SELECT 1");
      seen.get("total", () -> await(() -> number(beans, name, "TotalConnections") == 5));
      seen.get("active", () -> number(beans, name, "ActiveConnections"));
      seen.get("idle", () -> number(beans, name, "IdleConnections"));
    }
    seen.get("active", () -> number(beans, name, "ActiveConnections"));
    ObjectName settings = new ObjectName("com.zaxxer.hikari:type=PoolConfig (beans)");
    return seen.get("maximum", () -> number(beans, settings, "MaximumPoolSize"));
  }

  private static int number(MBeanServer beans, ObjectName name, String attribute) {
    try {
      return (Integer) beans.getAttribute(name, attribute);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object metrics(PoolScene scene) throws SQLException {
    AtomicInteger created = new AtomicInteger();
    AtomicInteger acquired = new AtomicInteger();
    AtomicInteger used = new AtomicInteger();
    AtomicInteger timeouts = new AtomicInteger();
    HikariConfig config = config(scene, 0, 1);
    config.setConnectionTimeout(500);
    config.setMetricsTrackerFactory(
        (name, stats) ->
            new IMetricsTracker() {
              @Override
              public void recordConnectionCreatedMillis(long millis) {
                created.incrementAndGet();
              }

              @Override
              public void recordConnectionAcquiredNanos(long nanos) {
                acquired.incrementAndGet();
              }

              @Override
              public void recordConnectionUsageMillis(long millis) {
                used.incrementAndGet();
              }

              @Override
              public void recordConnectionTimeout() {
                timeouts.incrementAndGet();
              }
            });
    DataSource pool = open(scene, config);
    for (int i = 0; i < 3; i++) {
      try (Connection connection = pool.getConnection()) {
        ask(connection, "SELECT 1");
      }
    }
    try (Connection only = pool.getConnection()) {
      ask(only, "SELECT 1");
      String refused = Seen.of(pool::getConnection);
      if (!refused.contains("timed out")) {
        return refused;
      }
    }
    return new Seen()
        .get("created", () -> await(() -> created.get() == 1))
        .get("used", () -> await(() -> used.get() == 4))
        .get("acquired", acquired::get)
        .get("timeouts", timeouts::get);
  }

  private static Object noUnwrap(PoolScene scene) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(new RefusingDataSource(scene));
    config.setMaximumPoolSize(3);
    DataSource pool = open(scene, config);
    Seen seen = new Seen();
    for (int i = 0; i < 3; i++) {
      try (Connection connection = pool.getConnection()) {
        seen.get("tenant", () -> own(scene, ask(connection, "SELECT tenant FROM marker")));
        seen.get("unwrap", () -> pool.unwrap(String.class));
      }
    }
    return seen;
  }

  private static boolean own(PoolScene scene, String tenant) {
    return scene.databases().get(0).equals(tenant);
  }

  /** Never returned: HikariCP itself takes them away. */
  private static Object closedInUse(PoolScene scene) throws SQLException {
    HikariDataSource pool = open(scene, config(scene, 0, 3));
    Connection one = pool.getConnection();
    Connection two = pool.getConnection();
    one.setAutoCommit(false);
    ask(one, "SELECT 1");
    ask(two, "SELECT 1");
    pool.close();
    return new Seen()
        .get("one", () -> ask(one, "SELECT 1"))
        .get("two", () -> ask(two, "SELECT 1"))
        .get("pool", () -> Seen.of(pool::getConnection).contains("has been closed"));
  }
}
