package io.tenantpool.connection;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The SQL that an application pool executes while it sets a connection up ({@code
 * connectionInitSql} and the like). It defines the session: every physical connection that the
 * logical one gets later is set up so before it is used. Under the logical connection's lock.
 */
final class SetUp {

  private static final Pattern COMMENT =
      Pattern.compile("\\A(?:\\s+|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)+", Pattern.DOTALL);

  private List<String> statements = List.of();

  /** Notes a statement that was executed. */
  void executed(String sql, DriverConnection on) {
    if (mayLeaveSomething(sql)) {
      List<String> more = new ArrayList<>(statements);
      more.add(sql);
      statements = List.copyOf(more);
      on.setUp(statements);
    }
  }

  /**
   * A test query leaves nothing, and some pools send one for their first connection only. A query
   * that calls a function may leave something: {@code SELECT set_config(…)}.
   */
  static boolean mayLeaveSomething(String sql) {
    String text = COMMENT.matcher(sql).replaceFirst("").toUpperCase(Locale.ROOT);
    boolean query = text.startsWith("SELECT") || text.startsWith("VALUES");
    return !text.isEmpty() && (!query || text.indexOf('(') >= 0 || text.contains("INTO"));
  }

  /** Whether the session was set up exactly so. */
  boolean isThatOf(DriverConnection physical) {
    return statements.equals(physical.setUp());
  }

  /** Sets a clean session up, with autocommit on. */
  void applyTo(DriverConnection physical) throws SQLException {
    if (!statements.isEmpty()) {
      try (Statement statement = physical.driverConnection().createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }
    physical.setUp(statements);
  }
}
