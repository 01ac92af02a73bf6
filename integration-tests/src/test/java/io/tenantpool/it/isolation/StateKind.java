package io.tenantpool.it.isolation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One kind of session state: how an application leaves it, and how the next one would notice. */
record StateKind(String name, Action leave, Question notice) {

  /** Something done to a connection. */
  interface Action {
    void on(Connection connection) throws SQLException;
  }

  /** Something that a connection can be asked. */
  interface Question {
    Object of(Connection connection) throws SQLException;
  }

  /** State that one SQL statement leaves and one query shows. */
  static StateKind sql(String name, String leave, String notice) {
    return new StateKind(name, connection -> execute(connection, leave), query(notice));
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row. */
  static Question query(String sql) {
    return connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return String.valueOf(row.getString(1));
      }
    };
  }

  /** What the connection answers, an exception being an answer too. */
  String seenBy(Connection connection) {
    try {
      return String.valueOf(notice.of(connection));
    } catch (SQLException e) {
      return "SQLState " + e.getSQLState();
    }
  }
}
