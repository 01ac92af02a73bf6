package io.tenantpool.it.pools;

import static io.tenantpool.it.pools.PoolScene.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** What every application pool promises, whatever its library. */
final class PoolFeatures {

  private PoolFeatures() {}

  static Map<String, PoolCase> all() {
    Map<String, PoolCase> cases = new LinkedHashMap<>();
    cases.put("own maximum and time-out", PoolFeatures::ownMaximum);
    cases.put(
        "autocommit comes back",
        scene -> comesBack(scene.pool(1), c -> c.setAutoCommit(false), Connection::getAutoCommit));
    cases.put(
        "isolation comes back",
        scene ->
            comesBack(
                scene.pool(1),
                c -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
                c -> c.getTransactionIsolation() + " " + ask(c, "SHOW transaction_isolation")));
    cases.put(
        "read-only comes back",
        scene ->
            comesBack(
                scene.pool(1), c -> c.setReadOnly(true), PoolFeatures::readOnlyInMemoryAndInFact));
    cases.put("uncommitted work at close", PoolFeatures::uncommitted);
    return cases;
  }

  /** All 25 are handed out, more than the agent has for the tenant; the next has to wait. */
  private static Object ownMaximum(PoolScene scene) throws SQLException {
    DataSource pool = scene.pool(scene.settings(0, 25).limitedTo(25, 1_000));
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      all.add(pool.getConnection());
    }
    long start = System.nanoTime();
    String refused = Seen.of(pool::getConnection);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    for (Connection each : all) {
      each.close();
    }
    return refused + (millis >= 900 && millis < 4_000 ? " in time" : " after " + millis + " ms");
  }

  /** What the next checkout shows of a change that the last one made, in memory and in fact. */
  static Object comesBack(DataSource pool, Change change, Look look) throws SQLException {
    Seen seen = new Seen();
    for (int i = 0; i < 3; i++) {
      try (Connection connection = pool.getConnection()) {
        seen.get("got", () -> look.at(connection));
        change.make(connection);
        seen.get("changed", () -> look.at(connection));
        if (!connection.getAutoCommit()) {
          connection.rollback();
        }
      }
    }
    return seen;
  }

  @FunctionalInterface
  interface Change {
    void make(Connection connection) throws SQLException;
  }

  @FunctionalInterface
  interface Look {
    Object at(Connection connection) throws SQLException;
  }

  /** A connection that is read-only says so to the server when a transaction begins. */
  static Object readOnlyInMemoryAndInFact(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    boolean inMemory = connection.isReadOnly();
    connection.setAutoCommit(false);
    String inFact = ask(connection, "SHOW transaction_read_only");
    connection.rollback();
    connection.setAutoCommit(autoCommit);
    return inMemory + " " + inFact;
  }

  private static Object uncommitted(PoolScene scene) throws SQLException {
    scene.outside("DELETE FROM journal");
    DataSource pool = scene.pool(1);
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      ask(connection, "INSERT INTO journal (amount) VALUES (1)");
    }
    Seen seen = new Seen();
    seen.get("others", () -> scene.outside("SELECT count(*) FROM journal"));
    try (Connection connection = pool.getConnection()) {
      seen.get("autocommit", connection::getAutoCommit);
      seen.get("itself", () -> ask(connection, "SELECT count(*) FROM journal"));
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    }
    return seen.get("in the end", () -> scene.outside("SELECT count(*) FROM journal"));
  }
}
