package io.tenantpool.it.pools;

import io.tenantpool.it.cap.CountingSocketFactory;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A server with one database for each tenant, and a {@link PoolProgram} to work on them. */
final class PooledTenants implements AutoCloseable {

  static final int TENANTS = 40;

  private static final long SAMPLE_PAUSE_NANOS = 3_000_000;

  private final TestPostgres server;
  private final String user;
  private final List<String> databases;

  private PooledTenants(TestPostgres server) throws SQLException {
    this.server = server;
    this.user = server.createUser("pools", "secret");
    String template = server.createDatabase();
    server.execute(template, Books.TABLES.toArray(String[]::new));
    this.databases = server.createDatabasesFrom(template, "pooled", TENANTS);
    for (String database : databases) {
      server.execute(database, "INSERT INTO marker VALUES ('" + database + "')");
    }
  }

  /** A server that lets so many sessions in, besides the superuser's. */
  static PooledTenants allowing(int sessions) throws SQLException {
    return new PooledTenants(
        TestPostgres.start(
            Map.of(
                "superuser_reserved_connections", "5",
                // The superuser's session that counts the others has a place as well.
                "max_connections", String.valueOf(sessions + 6),
                // Checking passwords is not what is measured here.
                "scram_iterations", "1")));
  }

  String url() {
    return server.url("%s")
        + "?socketFactory="
        + CountingSocketFactory.class.getName()
        // Soon enough for a statement that is used again to be prepared at the server.
        + "&prepareThreshold=3";
  }

  String user() {
    return user;
  }

  List<String> databases() {
    return databases;
  }

  /** The program on this server, with all tenants. */
  ChildJvm program(
      PoolLibrary library,
      int threads,
      int units,
      int minimumIdle,
      int maximum,
      int cache,
      long timeoutMillis) {
    return program(databases, library, threads, units, minimumIdle, maximum, cache, timeoutMillis);
  }

  /** The program with the first tenant alone. */
  ChildJvm programOfOne(PoolLibrary library, int threads, int units, int maximum) {
    return program(
        databases.subList(0, 1),
        library,
        threads,
        units,
        0,
        maximum,
        library.statementCache(),
        30_000);
  }

  private ChildJvm program(
      List<String> tenants,
      PoolLibrary library,
      int threads,
      int units,
      int minimumIdle,
      int maximum,
      int cache,
      long timeoutMillis) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(library.adapter(), url(), user, "secret"));
    for (long number : new long[] {threads, units, minimumIdle, maximum, cache, timeoutMillis}) {
      arguments.add(String.valueOf(number));
    }
    arguments.addAll(tenants);
    return ChildJvm.of(PoolProgram.class, arguments.toArray(String[]::new))
        .classPath(library.classPath());
  }

  /** Counts the user's sessions at the server for as long as the child lives; sorted. */
  List<Integer> sessionsWhile(RunningJvm child) throws SQLException {
    long end = System.nanoTime() + ChildJvm.DEFAULT_LIMIT.toNanos();
    List<Integer> sessions = new ArrayList<>();
    try (Connection admin = server.admin();
        PreparedStatement statement =
            admin.prepareStatement("SELECT count(*) FROM pg_stat_activity WHERE usename = ?")) {
      statement.setString(1, user);
      do {
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          sessions.add(row.getInt(1));
        }
        LockSupport.parkNanos(SAMPLE_PAUSE_NANOS);
      } while (child.isAlive() && System.nanoTime() < end);
    }
    Collections.sort(sessions);
    return sessions;
  }

  /** Reads the books of all tenants and sets them back. */
  List<Books> takeBooks() throws SQLException {
    List<Books> books = new ArrayList<>();
    for (String database : databases) {
      try (Connection admin = server.admin(database)) {
        books.add(Books.take(admin));
      }
    }
    return books;
  }

  @Override
  public void close() {
    server.close();
  }
}
