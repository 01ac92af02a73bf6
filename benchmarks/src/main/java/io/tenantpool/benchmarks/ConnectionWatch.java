package io.tenantpool.benchmarks;

import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/** Counts the server's sessions over and over, on a thread and a connection of its own. */
final class ConnectionWatch implements AutoCloseable {

  private static final long PERIOD_NANOS = 20_000_000;

  private final Server server;
  private final Thread thread = new Thread(this::watch, "connection-watch");
  private volatile boolean over;
  private volatile int most;

  private ConnectionWatch(Server server) {
    this.server = server;
  }

  static ConnectionWatch start(Server server) {
    ConnectionWatch watch = new ConnectionWatch(server);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!over) {
        most = Math.max(most, server.connections());
        LockSupport.parkNanos(PERIOD_NANOS);
      }
    } catch (SQLException e) {
      System.err.println("the sessions can no longer be counted: " + e.getMessage());
    }
  }

  /** The most that were seen at once. */
  int most() {
    return most;
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    thread.join();
  }
}
