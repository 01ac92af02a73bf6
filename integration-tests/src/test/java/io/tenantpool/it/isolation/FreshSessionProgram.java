package io.tenantpool.it.isolation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * An application that leaves all kinds of state in a connection, closes it without tidying up, and
 * prints what it finds in the next one. Knows nothing of the agent. Arguments: the URL, and how the
 * connection is left: {@code autocommit}, {@code open} or {@code failed} transaction, or {@code
 * begun} by hand.
 */
final class FreshSessionProgram {

  private FreshSessionProgram() {}

  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection(arguments[0])) {
      session(connection);
      for (StateKind kind : StateKinds.ALL) {
        String before = kind.seenBy(connection);
        if (kind.name().equals("autocommit") && !arguments[1].endsWith("transaction")) {
          continue;
        }
        kind.leave().on(connection);
        System.out.println("left\t" + kind.name() + "\t" + before + "\t" + kind.seenBy(connection));
      }
      leave(connection, arguments[1]);
    }
    List<StateKind> kinds = StateKinds.ALL;
    try (Connection connection = DriverManager.getConnection(arguments[0])) {
      session(connection);
      // Before anything else: a question might hide it.
      kinds.forEach(
          kind -> System.out.println("found\t" + kind.name() + "\t" + kind.seenBy(connection)));
      StateKind.execute(connection, "INSERT INTO kept VALUES (77)");
      System.out.println(
          "found\trows\t" + StateKind.query("SELECT count(*) FROM kept").of(connection));
    }
  }

  private static void session(Connection connection) throws SQLException {
    System.out.println("session\t" + StateKind.query("SELECT pg_backend_pid()").of(connection));
  }

  private static void leave(Connection connection, String ending) throws SQLException {
    switch (ending) {
      case "autocommit" -> StateKind.execute(connection, "SELECT 1");
      case "open transaction" -> StateKind.execute(connection, "SELECT 1");
      case "failed transaction" -> fail(connection);
      case "begun by hand" -> StateKind.execute(connection, "BEGIN");
      default -> throw new IllegalArgumentException(ending);
    }
  }

  private static void fail(Connection connection) throws SQLException {
    try {
      StateKind.execute(connection, "SELECT 1 / 0");
    } catch (SQLException expected) {
      return;
    }
    throw new IllegalStateException("1 / 0 should not work");
  }
}
