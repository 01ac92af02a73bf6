package io.tenantpool.it.frameworks;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What one run of a program left behind.
 *
 * @param databases the tenants' databases
 * @param lines what the program printed
 * @param figures the agent's, empty without it
 * @param sessions how many sessions of it the server had when its pools were closed
 * @param err what came on standard error
 */
record Run(
    List<String> databases,
    List<String> lines,
    Map<String, Long> figures,
    long sessions,
    String err) {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** Lets the program run to its end, which with the agent is when its figures are at rest. */
  static Run of(List<String> databases, ChildJvm jvm, boolean agent) {
    try (RunningJvm child = jvm.start()) {
      child.awaitLine(Observed.END);
      long end = System.nanoTime() + LONGEST_WAIT.toNanos();
      Map<String, Long> figures = figures(child.out());
      long sessions = sessions(databases);
      // The agent's figures are a moment old, and a server takes one to end a session.
      while (!isAtRest(figures, agent, sessions) && System.nanoTime() < end) {
        LockSupport.parkNanos(50_000_000);
        child.send("and now?");
        child.awaitLine(Observed.END);
        figures = figures(child.out());
        sessions = sessions(databases);
      }
      child.send(Observed.ENOUGH);
      ChildJvm.Outcome outcome = child.awaitExit().succeeded();
      List<String> lines =
          outcome.out().stream()
              .filter(line -> !line.startsWith(Observed.PREFIX) && !line.equals(Observed.END))
              .toList();
      return new Run(databases, lines, figures, sessions, outcome.errText());
    }
  }

  private static boolean isAtRest(Map<String, Long> figures, boolean agent, long sessions) {
    return agent
        ? figures.getOrDefault("Active", -1L) == 0 && figures.getOrDefault("Open", -1L) == sessions
        : sessions == 0;
  }

  /** The last that it has printed. */
  private static Map<String, Long> figures(List<String> out) {
    Map<String, Long> figures = new TreeMap<>();
    for (String line : out) {
      if (line.startsWith(Observed.PREFIX)) {
        String[] words = line.substring(Observed.PREFIX.length()).split(" ", -1);
        figures.put(words[0], Long.valueOf(words[1]));
      }
    }
    return figures;
  }

  private static long sessions(List<String> databases) {
    String names = String.join("', '", databases);
    try (Connection connection = TestPostgres.shared().admin()) {
      return Long.parseLong(
          only(
              connection,
              "SELECT count(*) FROM pg_stat_activity WHERE datname IN ('" + names + "')"));
    } catch (SQLException e) {
      throw new IllegalStateException("could not count sessions", e);
    }
  }

  long figure(String name) {
    return Objects.requireNonNull(figures.get(name), () -> name + " is not in " + figures);
  }

  /** The only value that a query finds in a database. */
  static String ask(String database, String query) {
    try (Connection connection = TestPostgres.shared().admin(database)) {
      return only(connection, query);
    } catch (SQLException e) {
      throw new IllegalStateException(database + ": " + query, e);
    }
  }

  private static String only(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }
}
