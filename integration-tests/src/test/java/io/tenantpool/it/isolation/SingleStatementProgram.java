package io.tenantpool.it.isolation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Executes two statements in one call, and one, through the {@code DriverManager} and HikariCP, on
 * each URL of its arguments. Knows nothing of the agent.
 */
final class SingleStatementProgram {

  private SingleStatementProgram() {}

  public static void main(String[] urls) throws SQLException {
    for (String url : urls) {
      try (Connection connection = DriverManager.getConnection(url)) {
        tell("DriverManager", connection);
      }
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(url);
      config.setMaximumPoolSize(1);
      try (HikariDataSource pool = new HikariDataSource(config);
          Connection connection = pool.getConnection()) {
        tell("HikariCP", connection);
      }
    }
  }

  private static void tell(String way, Connection connection) {
    System.out.println(
        way
            + "\t"
            + outcome(connection, "SELECT current_database()")
            + "\t"
            + outcome(connection, "SELECT current_database(); SELECT 2"));
  }

  private static String outcome(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
