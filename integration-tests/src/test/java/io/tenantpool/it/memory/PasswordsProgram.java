package io.tenantpool.it.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An application that logs in with each of {@link Passwords}, as the users {@code name_N}, gives
 * everything back, waits until the server has none of their sessions, and writes a dump of its heap
 * for each {@code dump} on its input, until there comes something else. Arguments: URL, the users'
 * common name; an administrator's user, password and URL; the dump's file.
 */
final class PasswordsProgram {

  private PasswordsProgram() {}

  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    String name = arguments[1];
    logIn(url, name);
    Properties administrator = new Properties();
    administrator.setProperty("user", arguments[2]);
    administrator.setProperty("password", arguments[3]);
    awaitNoSession(arguments[4], administrator, name);
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    while ("dump".equals(in.readLine())) {
      collect();
      Files.deleteIfExists(Path.of(arguments[5]));
      jvm.dumpHeap(arguments[5], true);
      System.out.println("dumped");
    }
  }

  /** In a method of its own, so that nothing of it is on the stack afterwards. */
  private static void logIn(String url, String name) throws SQLException {
    String inUrl = "?user=" + name + Passwords.IN_URL.ordinal() + "&password=";
    try (Connection c = DriverManager.getConnection(url + inUrl + Passwords.IN_URL.encoded())) {
      tell("url", c);
    }
    String user = name + Passwords.AS_ARGUMENT.ordinal();
    try (Connection c = DriverManager.getConnection(url, user, Passwords.AS_ARGUMENT.text())) {
      tell("argument", c);
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(name + Passwords.OF_DATA_SOURCE.ordinal());
    source.setPassword(Passwords.OF_DATA_SOURCE.text());
    try (Connection c = source.getConnection()) {
      tell("data source", c);
    }
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl(url);
      pool.setUsername(name + Passwords.OF_POOL.ordinal());
      pool.setPassword(Passwords.OF_POOL.text());
      pool.setMaximumPoolSize(2);
      try (Connection c = pool.getConnection()) {
        tell("pool", c);
      }
    }
    refused(() -> DriverManager.getConnection(url, user, Passwords.WRONG_ARGUMENT.text()));
    refused(() -> DriverManager.getConnection(url + inUrl + Passwords.WRONG_IN_URL.encoded()));
  }

  private interface Login {
    Connection get() throws SQLException;
  }

  private static void refused(Login login) {
    try (Connection connection = login.get()) {
      System.out.println("refused no");
    } catch (SQLException e) {
      System.out.println("refused " + e.getSQLState() + " " + e);
    }
  }

  private static void tell(String way, Connection connection) throws SQLException {
    System.out.println(way + " " + ask(connection, "SELECT current_user"));
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Idle sessions go after a second; a session of another user looks for them. */
  private static void awaitNoSession(String url, Properties administrator, String name)
      throws Exception {
    String left = "SELECT count(*) FROM pg_stat_activity WHERE usename LIKE '" + name + "%'";
    for (int i = 0; i < 300; i++) {
      try (Connection connection = DriverManager.getConnection(url, administrator)) {
        if (ask(connection, left).equals("0")) {
          return;
        }
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("sessions are left");
  }

  /** Until what was weakly reachable has been collected, some rounds over. */
  private static void collect() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      ReferenceQueue<Object> queue = new ReferenceQueue<>();
      PhantomReference<Object> canary = new PhantomReference<>(new Object(), queue);
      System.gc();
      if (queue.remove(10_000) != canary) {
        throw new IllegalStateException("no collection");
      }
    }
  }
}
