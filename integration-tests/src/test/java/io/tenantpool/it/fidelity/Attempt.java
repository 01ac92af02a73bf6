package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** One step of a case whose outcome is part of the case's: a failure does not end the case. */
@FunctionalInterface
interface Attempt {

  /** What may fail. */
  @Nullable Object make() throws Exception;

  /** A step that gives nothing back. */
  @FunctionalInterface
  interface Step {
    void make() throws Exception;
  }

  /** The described value or exception. */
  static String of(Attempt attempt) {
    try {
      return Description.of(attempt.make());
    } catch (Exception e) {
      return Description.of(e);
    }
  }

  /** "done", or the described exception. */
  static String step(Step step) {
    return of(
        () -> {
          step.make();
          return "done";
        });
  }

  /** The rows of one query. */
  static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Description.rows(rows);
    }
  }
}
