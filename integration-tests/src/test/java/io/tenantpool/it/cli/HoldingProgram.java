package io.tenantpool.it.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An application that knows nothing of the agent and does what it is told, a line at a time: {@code
 * hold URL} opens a connection and uses it, {@code release} closes all of them.
 */
final class HoldingProgram {

  private HoldingProgram() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Deque<Connection> held = new ArrayDeque<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("hold ")) {
        Connection connection = DriverManager.getConnection(line.substring("hold ".length()));
        held.push(connection);
        try (Statement statement = connection.createStatement()) {
          statement.execute("SELECT 1");
        }
        System.out.println("held");
      } else {
        while (!held.isEmpty()) {
          held.pop().close();
        }
        System.out.println("released");
      }
    }
  }
}
