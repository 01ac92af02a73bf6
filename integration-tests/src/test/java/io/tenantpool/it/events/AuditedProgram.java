package io.tenantpool.it.events;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.jdbc.PgConnection;

/**
 * Opens, asks and closes so many times, then once more in a way that ends the physical connection.
 * Arguments: times, URL, user, password.
 */
final class AuditedProgram {

  private AuditedProgram() {}

  public static void main(String[] arguments) throws SQLException {
    int times = Integer.parseInt(arguments[0]);
    for (int i = 0; i < times; i++) {
      try (Connection connection = open(arguments);
          Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
      }
    }
    try (Connection connection = open(arguments)) {
      connection.unwrap(PgConnection.class).getCopyAPI();
    }
    // A session that was handed out is closed before its tenant may have another one.
    try (Connection connection = open(arguments)) {
      System.out.println("done " + !connection.isClosed());
    }
  }

  private static Connection open(String[] arguments) throws SQLException {
    return DriverManager.getConnection(arguments[1], arguments[2], arguments[3]);
  }
}
