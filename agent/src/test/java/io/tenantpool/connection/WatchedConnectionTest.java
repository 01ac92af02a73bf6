package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** What a watch hears, and that the application gets what the driver gives. */
class WatchedConnectionTest {

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Connection raw = connect();
  private final Watch watch = new Hearing(heard);

  private static Connection connect() {
    try {
      return Postgres.connect();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws SQLException {
    raw.close();
  }

  private Connection direct() {
    return WatchedConnections.watch(raw, null, watch);
  }

  private Connection ofPool() {
    Connection connection = WatchedConnections.watch(raw, new Origin("HikariCP"), watch);
    PoolSide.of(connection).setUpEnded();
    PoolSide.of(connection).lent();
    return connection;
  }

  @Test
  void aStatementIsBusyWhileItRuns() throws SQLException {
    try (Statement statement = direct().createStatement();
        ResultSet result = statement.executeQuery("SELECT 1")) {
      result.next();
      assertEquals(1, result.getInt(1));
    }
    assertEquals(List.of("busy", "idle"), heard);
  }

  @Test
  void aTransactionIsBusyUntilItsEnd() throws SQLException {
    Connection connection = direct();
    connection.setAutoCommit(false);
    heard.clear();
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?::int")) {
      statement.setInt(1, 1);
      statement.execute();
      statement.execute();
    }
    assertEquals(List.of("busy"), heard);
    connection.rollback();
    assertEquals(List.of("busy", "idle"), heard);
  }

  @Test
  void aStatementThatFailsIsOverAndThrowsWhatTheDriverThrows() throws SQLException {
    SQLException plain =
        assertThrows(SQLException.class, () -> raw.createStatement().execute("SELEC"));
    try (Statement statement = direct().createStatement()) {
      SQLException seen = assertThrows(SQLException.class, () -> statement.execute("SELEC"));
      assertSame(plain.getClass(), seen.getClass());
      assertEquals(plain.getMessage(), seen.getMessage());
      assertEquals(plain.getSQLState(), seen.getSQLState());
    }
    assertEquals(List.of("busy", "idle"), heard);
  }

  @Test
  void anArrayOfObjectsAndALargeObjectComeAndGoAsTheyAre() throws SQLException {
    Connection connection = direct();
    assertArrayEquals(
        new String[] {"a"},
        (String[]) connection.createArrayOf("text", new Object[] {"a"}).getArray());
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT lo_creat(-1)")) {
      result.next();
      assertEquals(0, result.getBlob(1).length());
    }
    connection.rollback();
    assertTrue(heard.toString().contains("LOCATOR"), heard::toString);
  }

  @Test
  void whatLeadsBackIsTheSameObject() throws SQLException {
    Connection connection = direct();
    assertSame(connection, connection.getMetaData().getConnection());
    assertEquals(connection, connection);
    assertEquals(raw.hashCode(), connection.hashCode());
    assertEquals(raw.toString(), connection.toString());
    assertSame(connection, connection.unwrap(PGConnection.class));
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 1")) {
      assertSame(connection, statement.getConnection());
      assertSame(statement, result.getStatement());
      assertSame(result, statement.getResultSet());
    }
    assertEquals(List.of("busy", "idle"), heard);
  }

  @Test
  void whatPoolingCouldNotFollowIsCountedOnceWithItsPlace() throws SQLException {
    Connection connection = direct();
    PgConnection unwrapped = connection.unwrap(PgConnection.class);
    assertSame(raw, unwrapped);
    connection.unwrap(PgConnection.class);
    ((PGConnection) connection).getCopyAPI();
    assertEquals(2, heard.size(), heard::toString);
    assertTrue(heard.get(0).startsWith("UNWRAPPED "), heard::toString);
    assertTrue(heard.get(1).startsWith("VENDOR_CALL "), heard::toString);
    assertNotSame(connection, unwrapped);
  }

  @Test
  void aCheckoutIsBusyFromBeginToEnd() throws SQLException {
    Connection connection = ofPool();
    connection.createStatement().execute("SELECT 1");
    PoolSide.of(connection).returned();
    PoolSide.of(connection).returned();
    assertEquals(List.of("lent", "busy", "returned", "idle"), heard);
  }

  @Test
  void aCheckoutThatEndsInATransactionOrWithAnOpenResultWouldStayPinned() throws SQLException {
    Connection connection = ofPool();
    Statement statement = connection.createStatement();
    ResultSet result = statement.executeQuery("SELECT 1");
    PoolSide.of(connection).returned();
    result.close();
    PoolSide.of(connection).lent();
    statement.addBatch("SELECT 1");
    PoolSide.of(connection).returned();
    statement.clearBatch();
    connection.setAutoCommit(false);
    PoolSide.of(connection).lent();
    statement.execute("SELECT 1");
    PoolSide.of(connection).returned();
    assertEquals(
        List.of("RESULT_SET", "BATCH", "TRANSACTION"),
        heard.stream()
            .map(line -> line.split(" ", 2)[0])
            .filter(word -> word.equals(word.toUpperCase(java.util.Locale.ROOT)))
            .toList());
  }

  @Test
  void aPoolThatIsNeverSeenToLendHasItsConnectionsInUseFromTheFirstStatementOn()
      throws SQLException {
    Connection connection = WatchedConnections.watch(raw, new Origin("unknown"), watch);
    connection.createStatement().execute("SELECT 1");
    assertEquals(List.of("busy", "idle"), heard);
    PoolSide.of(connection).setUpEnded();
    connection.createStatement().execute("SELECT 1");
    assertEquals(List.of("busy", "idle", "lent", "busy"), heard);
  }

  @Test
  void closeClosesTheDriversConnectionAndIsHeardOnce() throws SQLException {
    Connection connection = direct();
    connection.close();
    connection.close();
    assertTrue(raw.isClosed());
    assertTrue(connection.isClosed());
    assertEquals(List.of("closed"), heard);
    SQLException plain = assertThrows(SQLException.class, raw::createStatement);
    SQLException seen = assertThrows(SQLException.class, connection::createStatement);
    assertEquals(plain.getMessage(), seen.getMessage());
  }

  @Test
  void aSessionThatBreaksIsClosedForTheWatchToo() throws SQLException {
    Connection connection = direct();
    try (Statement statement = connection.createStatement()) {
      assertThrows(
          SQLException.class,
          () -> statement.execute("SELECT pg_terminate_backend(pg_backend_pid())"));
    }
    assertTrue(heard.contains("closed"), heard::toString);
  }

  @Test
  void aConnectionThatTheApplicationLostIsHeardToBeClosed() throws SQLException {
    lose();
    long end = System.nanoTime() + 20_000_000_000L;
    while (heard.isEmpty() && System.nanoTime() < end) {
      System.gc();
      LockSupport.parkNanos(10_000_000);
    }
    assertEquals(List.of("closed"), heard);
    assertFalse(raw.isClosed());
  }

  private void lose() throws SQLException {
    assertFalse(direct().isClosed());
  }

  private record Hearing(List<String> heard) implements Watch {

    @Override
    public void lent() {
      heard.add("lent");
    }

    @Override
    public void returned() {
      heard.add("returned");
    }

    @Override
    public void busy() {
      heard.add("busy");
    }

    @Override
    public void idle() {
      heard.add("idle");
    }

    @Override
    public void wouldPin(Pin cause, @Nullable StackTraceElement site) {
      heard.add(cause + " " + site);
    }

    @Override
    public void closed() {
      heard.add("closed");
    }
  }
}
