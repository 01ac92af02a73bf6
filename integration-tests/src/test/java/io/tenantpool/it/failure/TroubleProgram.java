package io.tenantpool.it.failure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that does what each line of its standard input says, and prints what it saw. Knows
 * nothing of the agent. {@code connect URL}, {@code hold N URL}, {@code release}, {@code sleep
 * URL}.
 */
final class TroubleProgram {

  private final List<Connection> held = new ArrayList<>();

  private TroubleProgram() {}

  public static void main(String[] arguments) throws IOException {
    TroubleProgram program = new TroubleProgram();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println("seen\t" + program.obey(line.split(" ", -1)));
      }
    }
  }

  private String obey(String[] words) {
    try {
      switch (words[0]) {
        case "connect" -> {
          return Seen.ofConnecting(words[1]);
        }
        case "hold" -> {
          for (int i = 0; i < Integer.parseInt(words[1]); i++) {
            Connection connection = DriverManager.getConnection(words[2]);
            held.add(connection);
            Seen.ask(connection, "SELECT 1");
          }
          return "held: " + held.size();
        }
        case "release" -> {
          for (Connection connection : held) {
            connection.close();
          }
          held.clear();
          return "released";
        }
        case "sleep" -> {
          return sleep(words[1]);
        }
        default -> throw new IllegalArgumentException(words[0]);
      }
    } catch (SQLException e) {
      return Seen.of(e);
    }
  }

  private static String sleep(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      System.out.println("session\t" + Seen.ask(connection, "SELECT pg_backend_pid()"));
      return "slept: " + Seen.ask(connection, "SELECT pg_sleep(60)");
    }
  }
}
