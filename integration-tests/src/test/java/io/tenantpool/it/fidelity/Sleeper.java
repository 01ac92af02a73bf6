package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.PGConnection;

/** A thread that is in a long call of a connection. */
final class Sleeper {

  private static final long PATIENCE_SECONDS = 15;

  private final Statement statement;
  private final CompletableFuture<String> outcome = new CompletableFuture<>();

  private Sleeper(Statement statement) {
    this.statement = statement;
  }

  /**
   * Starts {@code SELECT pg_sleep(20)} and waits until the server runs it.
   *
   * @param watcher another connection of the same user
   */
  static Sleeper on(Connection connection, Connection watcher) throws SQLException {
    Sleeper sleeper = new Sleeper(connection.createStatement());
    int pid = connection.unwrap(PGConnection.class).getBackendPID();
    Thread thread = new Thread(sleeper::sleep, "fidelity-sleeper");
    thread.setDaemon(true);
    thread.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isSleeping(pid, watcher)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("nobody sleeps");
      }
    }
    return sleeper;
  }

  private static boolean isSleeping(int pid, Connection watcher) throws SQLException {
    try (Statement ask = watcher.createStatement();
        ResultSet rows =
            ask.executeQuery(
                "SELECT count(*), pg_sleep(0.01) FROM pg_stat_activity"
                    + " WHERE wait_event = 'PgSleep' AND pid = "
                    + pid)) {
      return rows.next() && rows.getInt(1) > 0;
    }
  }

  private void sleep() {
    Attempts attempts = new Attempts().get(() -> statement.executeQuery("SELECT pg_sleep(20)"));
    outcome.complete(attempts.iterator().next());
  }

  /** The statement that is running. */
  Statement statement() {
    return statement;
  }

  /** What the long call returned or threw. */
  String outcome() throws InterruptedException, ExecutionException, TimeoutException {
    return outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
