package io.tenantpool.it.failure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What an application sees of a server, on one line. */
final class Seen {

  private Seen() {}

  /** Opens a connection, uses it and closes it. */
  static String ofConnecting(String url) {
    try (Connection connection = DriverManager.getConnection(url)) {
      return "worked: " + ask(connection, "SELECT 'at work'");
    } catch (SQLException e) {
      return of(e);
    }
  }

  static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  static String of(SQLException e) {
    Throwable cause = e.getCause();
    return e.getClass().getName()
        + " "
        + e.getSQLState()
        + " "
        + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " | ")
        + (cause == null ? "" : " caused by " + cause.getClass().getName());
  }
}
