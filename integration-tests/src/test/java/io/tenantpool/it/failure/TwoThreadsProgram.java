package io.tenantpool.it.failure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * An application whose second thread wants a connection while the first one keeps its own. Knows
 * nothing of the agent. Argument: the URL.
 */
final class TwoThreadsProgram {

  private TwoThreadsProgram() {}

  public static void main(String[] arguments) throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(arguments[0])) {
      Seen.ask(connection, "SELECT 1");
      Thread second = new Thread(() -> System.out.println(Seen.ofConnecting(arguments[0])));
      second.start();
      second.join();
    }
  }
}
