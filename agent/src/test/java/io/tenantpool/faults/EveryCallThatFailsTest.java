package io.tenantpool.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.interception.Creations;
import io.tenantpool.interception.Redirect;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.Router;
import io.tenantpool.upkeep.Faults;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * Whatever a driver throws, at whichever of the calls that reach it: afterwards all permits are
 * there, as many sockets as permits at most, and all threads of the pool; and either the
 * application has seen it, or it is among the {@link Faults} of the agent. The calls are those of a
 * run in which nothing fails; each kind of call meets each fault, and each single call one of them.
 */
class EveryCallThatFailsTest {

  private static final int BUDGET = 3;

  private static @Nullable EmbeddedPostgres postgres;

  private final Fuse fuse = new Fuse();
  private final FusedDriver driver = new FusedDriver(fuse);
  private final Settings settings =
      Settings.of(
          "max-connections=3,max-connections-per-tenant=3,reserved-connections=0,"
              + "acquire-timeout=10s");
  private final Faults faults = new Faults(new PrintStream(OutputStream.nullOutputStream()));
  private final Set<Throwable> told = ConcurrentHashMap.newKeySet();
  private final PoolManager pool =
      new PoolManager(
          settings,
          Ticker.system(),
          new PoolListener() {
            @Override
            public Faults faults() {
              return faults;
            }

            @Override
            public void openFailed(String server, String tenant, Exception failure, long nanos) {
              tell(failure);
            }

            @Override
            public void resetFailed(String server, String tenant, long id, Exception failure) {
              tell(failure);
            }
          });
  private final Redirect redirect =
      new Redirect(
          new Router(settings, System::nanoTime),
          pool,
          new LogicalConnections(),
          new Creations(),
          faults,
          new ModeSwitch(Mode.POOL));

  @BeforeAll
  static void startServer() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    Objects.requireNonNull(postgres).close();
  }

  private static String url() {
    return Objects.requireNonNull(postgres).getJdbcUrl("postgres", "postgres");
  }

  @Test
  void costsNoPermitNoSocketAndNoThread() throws Throwable {
    pool.start();
    try {
      work();
      work();
      fuse.arm(-1, Fuse.Fault.NULL);
      work();
      int calls = fuse.calls().size();
      List<String> names = List.copyOf(fuse.calls());
      assertTrue(calls > 30, () -> "calls of the driver: " + names);
      Set<Thread> threads = threads();
      for (Fuse.Fault fault : Fuse.Fault.values()) {
        for (int number = 0; number < calls; number++) {
          // The agent's own calls by reflection end in another exception than the driver's.
          boolean isFirst =
              names.indexOf(names.get(number)) == number
                  || (fault == Fuse.Fault.RUNTIME
                      && names.get(number).endsWith(".getTransactionState"));
          if (!isFirst && number % Fuse.Fault.values().length != fault.ordinal()) {
            continue;
          }
          long before = counted();
          told.clear();
          fuse.arm(number, fault);
          work();
          String met = fuse.burnt();
          fuse.disarm();
          String where = fault + " at call " + number + ", " + names.get(number);
          assertTrue(
              met.isEmpty() || isTold(fault, before),
              () -> "nobody was told of " + fault + " at " + met);
          assertEquals(BUDGET + " of " + BUDGET, hold(), where);
        }
      }
      assertTrue(threads().containsAll(threads), () -> threads + " were alive, " + threads());
    } finally {
      pool.close();
    }
  }

  private long counted() {
    return faults.count();
  }

  /** The application has seen it, or the agent has said it. What a driver may throw is no fault. */
  private boolean isTold(Fuse.Fault fault, long before) {
    Throwable thrown = fault.thrown;
    if (thrown == null || thrown instanceof SQLException) {
      return true;
    }
    // A reset of the worker's may fail a moment later.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!told.contains(thrown) && counted() == before && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    return told.contains(thrown) || counted() > before;
  }

  private void tell(Throwable seen) {
    for (Throwable each = seen; each != null && told.add(each); each = each.getCause()) {
      for (Throwable beside : each.getSuppressed()) {
        tell(beside);
      }
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("tenant-pool"))
        .collect(Collectors.toSet());
  }

  private Connection connect() throws Throwable {
    return (Connection) Objects.requireNonNull(redirect.connect(driver, url(), null));
  }

  /** What an application does that survives whatever it meets, and closes what it opens. */
  private void work() {
    survive(this::direct);
    survive(this::direct);
    survive(this::vendor);
    survive(this::pooled);
  }

  private interface Work {
    void run() throws Throwable;
  }

  private void survive(Work work) {
    try {
      work.run();
    } catch (Throwable seen) {
      tell(seen);
      // The application's.
      assertTrue(!(seen instanceof AssertionError) || "error".equals(seen.getMessage()));
    }
  }

  private void direct() throws Throwable {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO pg_catalog");
      connection.setAutoCommit(false);
      try (ResultSet rows = statement.executeQuery("SELECT 1")) {
        rows.next();
      }
      connection.rollback();
    }
  }

  private void vendor() throws Throwable {
    try (Connection connection = connect()) {
      ((PGConnection) connection).getCopyAPI();
      connection.unwrap(PGConnection.class);
    }
  }

  private void pooled() throws Throwable {
    redirect.creating(this, "HikariCP");
    Connection connection;
    try {
      connection = connect();
      connection.setAutoCommit(true);
    } finally {
      redirect.created();
    }
    try {
      for (int i = 0; i < 2; i++) {
        redirect.lent(connection);
        survive(() -> use(connection));
        redirect.returned(connection);
      }
    } finally {
      connection.close();
    }
  }

  private static void use(Connection connection) throws Throwable {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      statement.setString(1, "x");
      connection.setAutoCommit(false);
      statement.executeQuery().close();
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** The server's sessions; one whose socket is closed takes a moment to end, which is given. */
  private static int sockets() throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    try (Connection beside = DriverManager.getConnection(url());
        Statement statement = beside.createStatement()) {
      int sockets;
      do {
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")) {
          rows.next();
          sockets = rows.getInt(1);
        }
      } while (sockets > BUDGET && System.nanoTime() - end < 0);
      return sockets;
    }
  }

  private String hold() throws Throwable {
    List<Connection> held = new ArrayList<>();
    String seen = "";
    try {
      while (held.size() < BUDGET) {
        Connection connection = connect();
        held.add(connection);
        connection.isValid(5);
      }
      int sockets = sockets();
      seen = sockets <= BUDGET ? "" : ", " + sockets + " sockets";
    } catch (Exception refused) {
      seen = ", " + refused;
    } finally {
      for (Connection connection : held) {
        connection.close();
      }
    }
    return held.size() + " of " + BUDGET + seen;
  }
}
