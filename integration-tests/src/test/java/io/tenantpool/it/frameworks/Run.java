package io.tenantpool.it.frameworks;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one run of a program left behind.
 *
 * @param databases the tenants' databases
 * @param lines what the program printed
 * @param figures the agent's, empty without it
 * @param err what came on standard error
 */
record Run(List<String> databases, List<String> lines, Map<String, Long> figures, String err) {

  static Run of(List<String> databases, ChildJvm.Outcome outcome) {
    Map<String, Long> figures = new HashMap<>();
    for (String line : outcome.out()) {
      if (line.startsWith(Observed.PREFIX)) {
        String[] words = line.substring(Observed.PREFIX.length()).split(" ", -1);
        figures.put(words[0], Long.valueOf(words[1]));
      }
    }
    return new Run(
        databases,
        outcome.out().stream().filter(line -> !line.startsWith(Observed.PREFIX)).toList(),
        figures,
        outcome.errText());
  }

  long figure(String name) {
    return Objects.requireNonNull(figures.get(name), () -> name + " is not in " + figures);
  }

  /** The only value that a query finds in a database. */
  static String ask(String database, String query) {
    try (Connection connection = TestPostgres.shared().admin(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(database + ": " + query, e);
    }
  }
}
