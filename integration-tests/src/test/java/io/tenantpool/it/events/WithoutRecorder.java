package io.tenantpool.it.events;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Opens one connection in a JVM that should have no Flight Recorder, and waits for a line. */
final class WithoutRecorder {

  private WithoutRecorder() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    boolean there = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
    System.out.println(there ? "recorder" : "no recorder");
    try (Connection connection =
        DriverManager.getConnection(arguments[0], arguments[1], arguments[2])) {
      boolean pooled = !connection.getClass().getName().startsWith("org.postgresql.");
      System.out.println(pooled ? "tenant-pool" : "driver");
    }
    System.in.read();
  }
}
