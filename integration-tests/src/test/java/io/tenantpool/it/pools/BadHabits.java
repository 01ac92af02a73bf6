package io.tenantpool.it.pools;

import static io.tenantpool.it.pools.PoolScene.ask;

import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** What applications do with a pool's connections and should not. */
final class BadHabits {

  private static final long PAUSE_NANOS = 20_000_000;

  private BadHabits() {}

  static Map<String, PoolCase> all() {
    Map<String, PoolCase> cases = new LinkedHashMap<>();
    cases.put("never returns", BadHabits::neverReturns);
    cases.put("closes twice", BadHabits::closesTwice);
    cases.put("uses after close", BadHabits::usesAfterClose);
    cases.put("shares between threads", BadHabits::shares);
    cases.put("cancels from another thread", BadHabits::cancels);
    cases.put("cancels after close", BadHabits::cancelsLate);
    cases.put("returns with an open transaction", BadHabits::openTransaction);
    cases.put("keeps a result set open", scene -> openResult(scene, 0));
    cases.put("keeps a cursor open", scene -> openResult(scene, 2));
    cases.put("leaves a stream unread", scene -> stream(scene, true));
    cases.put("leaves a stream and its statement", scene -> stream(scene, false));
    cases.put("leaves a batch", BadHabits::batch);
    return cases;
  }

  private static Object neverReturns(PoolScene scene) throws SQLException {
    DataSource pool = scene.pool(scene.settings(0, 2).limitedTo(2, 1_000));
    Connection one = scene.closing(pool.getConnection());
    Connection two = scene.closing(pool.getConnection());
    one.setAutoCommit(false);
    return new Seen()
        .get("one", () -> ask(one, "SELECT 1"))
        .get("two", () -> ask(two, "SELECT 2"))
        .get("three", pool::getConnection)
        .get("another pool", () -> ask(scene.closing(scene.pool(1).getConnection()), "SELECT 3"));
  }

  private static Object closesTwice(PoolScene scene) throws SQLException {
    DataSource pool = scene.pool(2);
    Connection closed = pool.getConnection();
    ask(closed, "SELECT 1");
    Seen seen = new Seen().run("once", closed::close).run("twice", closed::close);
    try (Connection one = pool.getConnection();
        Connection two = pool.getConnection()) {
      seen.run("meanwhile", closed::close);
      one.setAutoCommit(false);
      two.setAutoCommit(false);
      String first = ask(one, "SELECT pg_backend_pid()");
      String second = ask(two, "SELECT pg_backend_pid()");
      one.rollback();
      two.rollback();
      return seen.get("two sessions", () -> !first.equals(second));
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // What is used after the close is what is asked.
  private static Object usesAfterClose(PoolScene scene) throws SQLException {
    DataSource pool = scene.pool(1);
    Connection connection = pool.getConnection();
    Statement statement = connection.createStatement();
    PreparedStatement prepared = connection.prepareStatement("SELECT 1");
    ResultSet result = statement.executeQuery("SELECT 1");
    connection.close();
    try (Connection next = pool.getConnection()) {
      ask(next, "SELECT 1");
      Seen seen =
          new Seen()
              .get("closed", connection::isClosed)
              .get("statement", connection::createStatement)
              .get("prepare", () -> connection.prepareStatement("SELECT 1"));
      if (!connection.getClass().getName().startsWith("com.mchange.")) {
        // c3p0's proxy answers these in one run and refuses them in the next, without the agent
        // too.
        seen.get("autocommit", connection::getAutoCommit).run("commit", connection::commit);
      }
      return seen.get("valid", () -> connection.isValid(1))
          .get("execute", () -> statement.executeQuery("SELECT 1").next())
          .get("execute prepared", () -> prepared.executeQuery().next())
          .get("next", result::next)
          .get("the next one", () -> ask(next, "SELECT 2"));
    }
  }

  private static Object shares(PoolScene scene) throws Exception {
    // Made one after the other: Tomcat's own wrappers do not bear two threads that make statements.
    try (Connection connection = scene.pool(1).getConnection();
        PreparedStatement first = connection.prepareStatement("SELECT ?::int");
        PreparedStatement second = connection.prepareStatement("SELECT ?::int + 0")) {
      connection.setAutoCommit(false);
      CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> sum(first, 1));
      CompletableFuture<Integer> two = CompletableFuture.supplyAsync(() -> sum(second, 1000));
      Seen seen =
          new Seen()
              .get("one", () -> one.get(1, TimeUnit.MINUTES))
              .get("two", () -> two.get(1, TimeUnit.MINUTES));
      connection.rollback();
      connection.setAutoCommit(true);
      return seen;
    }
  }

  private static int sum(PreparedStatement statement, int from) {
    int sum = 0;
    try {
      for (int i = 0; i < 200; i++) {
        statement.setInt(1, from + i);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          sum += row.getInt(1);
        }
      }
      return sum;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object cancels(PoolScene scene) throws Exception {
    try (Connection connection = scene.pool(1).getConnection();
        Statement statement = connection.createStatement()) {
      // Else a cancel may end the connect, which says so.
      ask(connection, "SELECT 1");
      CompletableFuture<String> canceled =
          CompletableFuture.supplyAsync(
              () -> Seen.of(() -> statement.executeQuery("SELECT pg_sleep(30)")));
      // A cancel that comes before the query does nothing.
      while (!canceled.isDone()) {
        statement.cancel();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return new Seen()
          .get("canceled", canceled::get)
          .get("afterwards", () -> askUntilNotCanceled(connection));
    }
  }

  /** The last cancel may come a moment too late and meet the next query. */
  private static String askUntilNotCanceled(Connection connection) throws SQLException {
    for (int i = 0; i < 5; i++) {
      try {
        return ask(connection, "SELECT 2");
      } catch (SQLException e) {
        if (!"57014".equals(e.getSQLState())) {
          throw e;
        }
      }
    }
    return "always canceled";
  }

  /** The statement's session may be somebody else's by now, whose query must go on. */
  private static Object cancelsLate(PoolScene scene) throws Exception {
    DataSource pool = scene.pool(1);
    Connection first = pool.getConnection();
    Statement old = first.createStatement();
    old.execute("SELECT 1");
    first.close();
    try (Connection second = scene.pool(1).getConnection()) {
      CompletableFuture<String> query =
          CompletableFuture.supplyAsync(
              () -> Seen.of(() -> ask(second, "SELECT 'slept' FROM pg_sleep(0.3)")));
      Seen seen = new Seen();
      String last = "";
      while (!query.isDone()) {
        last =
            Seen.of(
                () -> {
                  old.cancel();
                  return "done";
                });
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      String cancel = last;
      return seen.get("cancel", () -> cancel).get("query", query::get);
    }
  }

  private static Object openTransaction(PoolScene scene) throws SQLException {
    scene.outside("DELETE FROM journal");
    DataSource pool = scene.pool(1);
    Seen seen = new Seen();
    for (int i = 0; i < 3; i++) {
      try (Connection connection = pool.getConnection()) {
        seen.get("autocommit", connection::getAutoCommit);
        connection.setAutoCommit(false);
        seen.get("itself", () -> ask(connection, "SELECT count(*) FROM journal"));
        ask(connection, "INSERT INTO journal (amount) VALUES (1)");
      }
      seen.get("others", () -> scene.outside("SELECT count(*) FROM journal"));
    }
    return seen;
  }

  @SuppressWarnings("MustBeClosedChecker") // That is the habit.
  private static Object openResult(PoolScene scene, int fetchSize) throws SQLException {
    DataSource pool = scene.pool(1);
    Connection connection = pool.getConnection();
    connection.setAutoCommit(fetchSize == 0);
    PreparedStatement statement = connection.prepareStatement("SELECT id FROM account ORDER BY id");
    statement.setFetchSize(fetchSize);
    ResultSet rows = statement.executeQuery();
    rows.next();
    Seen seen = new Seen().run("close", connection::close);
    seen.get("statement", statement::isClosed)
        .get("next", rows::next)
        .get("value", () -> rows.getInt(1));
    for (int i = 0; i < 2; i++) {
      try (Connection next = pool.getConnection()) {
        next.setAutoCommit(true);
        seen.get("again", () -> ask(next, "SELECT count(*) FROM account"));
        try (PreparedStatement same = next.prepareStatement("SELECT id FROM account ORDER BY id");
            ResultSet row = same.executeQuery()) {
          row.next();
          seen.get("row", () -> row.getInt(1));
        }
      }
    }
    return seen;
  }

  /** A parameter that can be sent once only, and was not; it waits in a statement cache. */
  @SuppressWarnings("MustBeClosedChecker")
  private static Object stream(PoolScene scene, boolean closing) throws SQLException {
    String sql = "SELECT ?::bytea || ?::bytea";
    DataSource pool = scene.pool(1);
    try (Connection connection = pool.getConnection()) {
      PreparedStatement statement = connection.prepareStatement(sql);
      statement.setBinaryStream(1, new ByteArrayInputStream(new byte[] {1, 2, 3}), 3);
      if (closing) {
        statement.close();
      }
    }
    Seen seen = new Seen();
    for (int i = 0; i < 2; i++) {
      try (Connection connection = pool.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setBytes(2, new byte[] {4});
        seen.get("without the first", () -> first(statement));
        statement.setBytes(1, new byte[] {5});
        seen.get("with both", () -> first(statement));
      }
    }
    return seen;
  }

  private static String first(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return Arrays.toString(row.getBytes(1));
    }
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static Object batch(PoolScene scene) throws SQLException {
    scene.outside("DELETE FROM journal");
    String sql = "INSERT INTO journal (amount) VALUES (?)";
    DataSource pool = scene.pool(1);
    try (Connection connection = pool.getConnection()) {
      PreparedStatement statement = connection.prepareStatement(sql);
      statement.setInt(1, 1);
      statement.addBatch();
    }
    Seen seen = new Seen();
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, 2);
      statement.addBatch();
      seen.get("executed", () -> statement.executeBatch().length);
    }
    return seen.get("entries", () -> scene.outside("SELECT count(*) FROM journal"));
  }
}
