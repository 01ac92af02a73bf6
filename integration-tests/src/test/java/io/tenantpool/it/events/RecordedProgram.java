package io.tenantpool.it.events;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import org.postgresql.jdbc.PgConnection;

/**
 * An application of one tenant that may have one connection. Arguments: {@code everything} or
 * {@code wait}, URL, user, password, and with {@code wait} the file for a recording of its own.
 */
final class RecordedProgram {

  private final String url;
  private final String user;
  private final String password;

  private RecordedProgram(String[] arguments) {
    url = arguments[1];
    user = arguments[2];
    password = arguments[3];
  }

  public static void main(String[] arguments) throws Exception {
    RecordedProgram program = new RecordedProgram(arguments);
    if (arguments[0].equals("everything")) {
      program.ask();
      program.ask();
      program.unwrap();
      program.waitInVain();
    } else {
      program.recordLongBorrows(Path.of(arguments[4]));
    }
    System.out.println("done");
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  private void ask() throws SQLException {
    try (Connection connection = open()) {
      run(connection, "SELECT 1");
    }
  }

  private void unwrap() throws SQLException {
    try (Connection connection = open()) {
      connection.unwrap(PgConnection.class).getCopyAPI();
    }
  }

  private void waitInVain() throws Exception {
    try (Connection held = open()) {
      run(held, "SELECT 1");
      Thread waiter =
          new Thread(
              () -> {
                try (Connection never = open()) {
                  System.out.println("got " + never);
                } catch (SQLTransientConnectionException expected) {
                  System.out.println("timed out");
                } catch (SQLException other) {
                  System.out.println("failed " + other);
                }
              },
              "waiter");
      waiter.start();
      waiter.join();
    }
  }

  /** The agent and its events are there before the recorder is. */
  private void recordLongBorrows(Path file) throws Exception {
    ask();
    try (Recording recording = new Recording()) {
      recording.enable("io.tenantpool.Borrow").withThreshold(Duration.ofSeconds(1));
      recording.enable("io.tenantpool.Reset").withThreshold(Duration.ZERO);
      recording.start();
      for (int i = 0; i < 20; i++) {
        ask();
      }
      waitForSlowQuery();
      recording.stop();
      recording.dump(file);
    }
  }

  private void waitForSlowQuery() throws SQLException, InterruptedException {
    Thread waiter =
        new Thread(
            () -> {
              try {
                ask();
              } catch (SQLException other) {
                System.out.println("failed " + other);
              }
            },
            "waiter");
    try (Connection held = open()) {
      run(held, "SELECT 1");
      waiter.start();
      while (waiter.getState() != Thread.State.TIMED_WAITING) {
        LockSupport.parkNanos(1_000_000);
      }
      run(held, "SELECT pg_sleep(1.3)");
    }
    waiter.join();
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
