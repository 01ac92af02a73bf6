package io.tenantpool.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many connections the server has accepted to the tenants' databases since their creation. */
final class SessionCount {

  private static final int ATTEMPTS = 100;
  private static final int PAUSE_MILLIS = 100;

  private SessionCount() {}

  /** Asks once the last session has ended, for a session is counted for certain when it ends. */
  static long read(DemoServer server) throws SQLException, InterruptedException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (number(statement, "select count(*) from pg_stat_activity") == 0) {
          return number(statement, "select sum(sessions) from pg_stat_database");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    throw new IllegalStateException("The program has ended, its sessions have not");
  }

  private static long number(Statement statement, String question) throws SQLException {
    String sql = question + " where datname like '" + TenantDatabases.NAMES + "'";
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
