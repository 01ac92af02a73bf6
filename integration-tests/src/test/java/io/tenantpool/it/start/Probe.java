package io.tenantpool.it.start;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * An application: asks for a connection to a port that nobody listens on, and prints whether the
 * agent stood in between, which the stack trace of the refusal tells, and the SQLState.
 */
public final class Probe {

  private Probe() {}

  public static void main(String[] arguments) {
    System.out.println(look());
  }

  /** {@code pooled 08001} or {@code plain 08001}. */
  public static String look() {
    try {
      DriverManager.getConnection("jdbc:postgresql://localhost:1/acme", "user", "secret").close();
      return "connected";
    } catch (SQLException refused) {
      boolean pooled =
          Arrays.stream(refused.getStackTrace())
              .anyMatch(frame -> frame.getClassName().startsWith("io.tenantpool.interception."));
      return (pooled ? "pooled " : "plain ") + refused.getSQLState();
    }
  }
}
