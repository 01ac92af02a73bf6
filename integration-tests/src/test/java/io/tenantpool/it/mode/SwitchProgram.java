package io.tenantpool.it.mode;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.cap.CountingSocketFactory;
import io.tenantpool.it.pools.library.Hikari;
import io.tenantpool.it.pools.library.PoolSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Four threads that open connections and check some out of a HikariCP pool while the mode is
 * switched from {@code observe} to {@code pool}, {@code off} and {@code pool} again. Between two
 * modes they stand still, and the sockets are compared with what the agent says. Arguments: user,
 * password, two URLs.
 */
final class SwitchProgram {

  private static final int THREADS = 4;
  private static final int UNITS = 100;
  private static final int POOL = 2;

  private final String[] arguments;
  private final HikariDataSource pool;
  private final AgentBeans beans = new AgentBeans();
  private final ReadWriteLock work = new ReentrantReadWriteLock(true);
  private final AtomicInteger units = new AtomicInteger();
  private volatile boolean ended;
  private volatile @Nullable String failure;

  private SwitchProgram(String[] arguments) {
    this.arguments = arguments;
    pool =
        new HikariDataSource(
            Hikari.config(
                new PoolSettings(
                    "switched",
                    arguments[3],
                    arguments[0],
                    arguments[1],
                    POOL,
                    POOL,
                    true,
                    0,
                    20_000)));
  }

  public static void main(String[] arguments) throws Exception {
    new SwitchProgram(arguments).run();
  }

  private void run() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(new Thread(this::work, "worker-" + i));
    }
    threads.forEach(Thread::start);
    beans.awaitServer();
    phase("observe");
    beans.switchMode("pool");
    // As at the end of their lives: HikariCP opens others instead.
    pool.getHikariPoolMXBean().softEvictConnections();
    phase("pool");
    beans.switchMode("off");
    phase("off");
    beans.switchMode("pool");
    phase("again");
    ended = true;
    for (Thread thread : threads) {
      thread.join();
    }
    pool.close();
    System.out.println("failure " + failure);
    System.out.println("units " + (units.get() >= 4 * UNITS));
  }

  /** Lets the threads work, stops them, and says whose connections there are. */
  private void phase(String name) {
    int until = units.get() + UNITS;
    AgentBeans.await(name, units::get, done -> done >= until || failure != null);
    work.writeLock().lock();
    try {
      AgentBeans.await(
          "sockets less what the agent knows of, in " + name,
          () ->
              CountingSocketFactory.OPEN.get()
                  - beans.number("Open")
                  - beans.number("Bypassed")
                  - beans.held(),
          difference -> difference == 0);
      boolean pools = name.equals("pool") || name.equals("again");
      AgentBeans.await("pooled, in " + name, () -> beans.number("Open"), open -> open > 0 == pools);
      AgentBeans.await(
          "watched, in " + name, beans::held, held -> held == (name.equals("observe") ? POOL : 0));
      AgentBeans.await(
          "bypassed, in " + name,
          () -> beans.number("Bypassed"),
          open -> open == (name.equals("off") ? POOL : 0));
      System.out.println(
          name
              + " pooled "
              + (beans.number("Open") > 0)
              + " bypassed "
              + beans.number("Bypassed")
              + " watched "
              + beans.held()
              + " sockets "
              + (CountingSocketFactory.OPEN.get() > 0));
    } finally {
      work.writeLock().unlock();
    }
  }

  private void work() {
    while (!ended && failure == null) {
      work.readLock().lock();
      try {
        try (Connection connection =
            DriverManager.getConnection(arguments[2], arguments[0], arguments[1])) {
          ask(connection);
        }
        try (Connection connection = pool.getConnection()) {
          ask(connection);
        }
        units.incrementAndGet();
      } catch (SQLException | RuntimeException e) {
        failure = e.toString();
      } finally {
        work.readLock().unlock();
      }
    }
  }

  private static void ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 42")) {
      if (!result.next() || result.getInt(1) != 42) {
        throw new SQLException("another answer");
      }
    }
  }
}
