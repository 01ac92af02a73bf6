package io.tenantpool.it.exit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that ends in one of several ways. Knows nothing of the agent. Arguments: the URL;
 * {@code idle} or {@code leased} connections at the end; {@code return}, {@code throw} or {@code
 * exit} with 7; {@code hook} for a shutdown hook that uses JDBC.
 */
final class ExitProgram {

  private static final List<Connection> HELD = new ArrayList<>();

  private ExitProgram() {}

  public static void main(String[] arguments) throws SQLException {
    if (arguments[3].equals("hook")) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> inHook(arguments[0]), "uses-jdbc"));
    }
    for (int i = 0; i < 2; i++) {
      HELD.add(DriverManager.getConnection(arguments[0]));
      System.out.println("answer " + ask(HELD.get(i)));
    }
    if (arguments[1].equals("idle")) {
      for (Connection connection : HELD) {
        connection.close();
      }
    }
    System.out.println("end of main");
    switch (arguments[2]) {
      case "throw" -> throw new IllegalStateException("thrown by main");
      case "exit" -> System.exit(7);
      default -> System.out.println("returns");
    }
  }

  private static void inHook(String url) {
    try (Connection connection = DriverManager.getConnection(url)) {
      System.out.println("hook " + ask(connection));
      for (Connection held : HELD) {
        if (!held.isClosed()) {
          System.out.println("hook, held " + ask(held));
        }
      }
    } catch (SQLException e) {
      System.out.println("hook failed " + e);
    }
  }

  private static int ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 42")) {
      row.next();
      return row.getInt(1);
    }
  }
}
