package io.tenantpool.it.events;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * An application that notes in SLF4J's MDC which request it works for. Arguments: URL, user,
 * password.
 */
final class RequestProgram {

  private RequestProgram() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    // Nothing has set the logging up yet, and the agent must not do it.
    BeforeLogging.open(arguments);
    LoggerFactory.getLogger(RequestProgram.class);
    MDC.put("requestId", "r-17");
    try (Connection connection = open(arguments)) {
      ask(connection);
    }
    MDC.clear();
    MDC.put("traceId", "t 18");
    try (Connection connection = open(arguments)) {
      connection.unwrap(PgConnection.class).getCopyAPI();
    }
    MDC.clear();
    System.out.println("ready");
    System.in.read();
  }

  private static Connection open(String[] arguments) throws SQLException {
    return DriverManager.getConnection(arguments[0], arguments[1], arguments[2]);
  }

  private static void ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  /** Knows nothing of SLF4J. */
  private static final class BeforeLogging {

    static void open(String[] arguments) throws SQLException {
      try (Connection connection = RequestProgram.open(arguments)) {
        ask(connection);
      }
    }
  }
}
