package io.tenantpool.it.jmx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An application of many tenants that knows nothing of the agent and does what it is told, a line
 * of standard input at a time:
 *
 * <pre>
 * work COUNT URL [USER PASSWORD]    opens, asks and closes so often; answers "worked COUNT"
 * open NAME URL [USER PASSWORD]     opens and keeps; answers "opened NAME" or "failed NAME ..."
 * close NAME                        closes what was kept; answers "closed NAME"
 * </pre>
 *
 * Each {@code open} has a thread of its own, so that one can wait while others go on.
 */
final class TenantsProgram {

  private static final Map<String, Connection> KEPT = new ConcurrentHashMap<>();

  private TenantsProgram() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "work" -> report(words[1], () -> work(words));
        case "open" -> new Thread(() -> report(words[1], () -> open(words)), words[1]).start();
        case "close" -> report(words[1], () -> close(words[1]));
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  private static String work(String[] words) throws SQLException {
    int count = Integer.parseInt(words[1]);
    for (int i = 0; i < count; i++) {
      try (Connection connection = connect(words);
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SELECT 1")) {
        result.next();
      }
    }
    return "worked " + count;
  }

  private static String open(String[] words) throws SQLException {
    KEPT.put(words[1], connect(words));
    return "opened " + words[1];
  }

  private static String close(String name) throws SQLException {
    Objects.requireNonNull(KEPT.remove(name)).close();
    return "closed " + name;
  }

  private static Connection connect(String[] words) throws SQLException {
    Connection connection =
        words.length == 3
            ? DriverManager.getConnection(words[2])
            : DriverManager.getConnection(words[2], words[3], words[4]);
    // A session that nobody asked anything is not reset.
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
    return connection;
  }

  private static void report(String name, Answer answer) {
    try {
      System.out.println(answer.get());
    } catch (SQLException e) {
      System.out.println(
          "failed " + name + " " + e.getSQLState() + " " + e.getClass().getName() + " " + e);
    }
  }

  @FunctionalInterface
  private interface Answer {
    String get() throws SQLException;
  }
}
