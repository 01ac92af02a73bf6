package io.tenantpool.it.monitoring;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks each of the URLs it is given something, keeps the connection to the first, and waits for the
 * end of its input. It prints {@code ready}, and {@code done} at its end.
 */
final class TwoTenantsProgram {

  private static final int ROUNDS = 5;

  private TwoTenantsProgram() {}

  public static void main(String[] urls) throws SQLException, IOException {
    List<Connection> kept = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String url : urls) {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
          statement.execute("SELECT 1");
        }
        if (kept.isEmpty()) {
          kept.add(connection);
        } else {
          connection.close();
        }
      }
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Until whoever started this closes the stream, or writes "q".
      if (System.in.available() == 0) {
        break;
      }
    }
    for (Connection connection : kept) {
      connection.close();
    }
    System.out.println("done");
  }
}
