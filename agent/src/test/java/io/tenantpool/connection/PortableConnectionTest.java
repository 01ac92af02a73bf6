package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.SessionPool.Checkouts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A connection of an application pool loses its physical one at the end of a checkout and gets
 * another one at the next use, and nobody can tell.
 */
class PortableConnectionTest extends PortableConnectionCase {

  @Test
  void theLeaseBeginsAtTheFirstUseAndEndsWithTheCheckout() throws SQLException {
    Connection connection = hikari.open();
    assertEquals(0, pool.leased());
    hikari.lend(connection);
    assertEquals(0, pool.leased());
    int first = backend(connection);
    assertEquals(1, pool.leased());
    assertEquals(first, backend(connection));
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    hikari.lend(connection);
    assertNotEquals(first, backend(connection));
    hikari.takeBack(connection);
    assertEquals(List.of(), pool.pins());
    assertFalse(connection.isClosed());
    connection.close();
    assertTrue(connection.isClosed());
  }

  @Test
  void aPoolThatUsesItOnAnotherThreadTakesTheLeaseOnThisOne() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    hikari.use(connection);
    assertEquals(1, pool.leased());
    hikari.use(connection);
    assertEquals(1, pool.leased());
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    connection.close();
    hikari.use(connection);
    assertEquals(0, pool.leased());
    pool.fail();
    Connection other = hikari.lend(hikari.open());
    hikari.use(other);
    assertEquals(0, pool.leased());
    assertThrows(SQLException.class, () -> run(other, "SELECT 1"));
  }

  @Test
  void onlyTheFirstConnectionOfAPoolKeyIsOpenedAtOnce() throws SQLException {
    hikari.open();
    int leases = pool.leases();
    for (int i = 0; i < 20; i++) {
      hikari.open();
    }
    assertEquals(1, leases);
    assertEquals(leases, pool.leases());
  }

  @Test
  void anOpenTransactionStaysWithItsLogicalConnection() throws SQLException {
    Connection connection = hikari.open();
    connection.setAutoCommit(false);
    hikari.lend(connection);
    run(connection, "CREATE TEMP TABLE mine (n int) ON COMMIT DROP");
    hikari.takeBack(connection);
    assertEquals(1, pool.leased());
    assertEquals(List.of(Pin.TRANSACTION), pool.pins());
    hikari.lend(connection);
    assertEquals("0", ask(connection, "SELECT count(*) FROM mine"));
    connection.rollback();
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  @Test
  void aFailedTransactionIsATransaction() throws SQLException {
    Connection connection = hikari.open();
    connection.setAutoCommit(false);
    hikari.lend(connection);
    assertThrows(SQLException.class, () -> run(connection, "SELECT 1/0"));
    hikari.takeBack(connection);
    assertEquals(1, pool.leased());
    connection.rollback();
    assertEquals(0, pool.leased());
  }

  @Test
  void aTestQueryOutsideACheckoutTakesNoMoreThanAMoment() throws SQLException {
    Connection connection = hikari.open();
    hikari.takeBack(hikari.lend(hikari.open()));
    Statement validation = connection.createStatement();
    assertEquals(0, pool.leased());
    for (int i = 0; i < 3; i++) {
      ResultSet result = validation.executeQuery("SELECT 1");
      assertTrue(result.next());
      assertEquals(1, pool.leased());
      result.close();
      assertEquals(0, pool.leased());
    }
    assertEquals(List.of(), pool.pins());
  }

  @Test
  void aBrokenPhysicalConnectionIsNotTheLogicalOne() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    int pid = backend(connection);
    try (Connection killer = Postgres.connect()) {
      run(killer, "SELECT pg_terminate_backend(" + pid + ", 5000)");
    }
    assertThrows(SQLException.class, () -> ask(connection, "SELECT 1"));
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    hikari.lend(connection);
    assertNotEquals(pid, backend(connection));
  }

  @Test
  void anUnwrappedDriverConnectionIsClosedWithTheCheckout() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    var raw = connection.unwrap(org.postgresql.jdbc.PgConnection.class);
    assertFalse(raw.isClosed());
    hikari.takeBack(connection);
    assertTrue(raw.isClosed());
    assertEquals(List.of(Pin.UNWRAPPED), pool.pins());
    hikari.lend(connection);
    assertEquals("1", ask(connection, "SELECT 1"));
  }

  @Test
  void abortWithoutAPhysicalConnectionClosesTheLogicalOne() throws SQLException {
    Connection connection = hikari.open();
    connection.abort(Runnable::run);
    assertTrue(connection.isClosed());
    Connection busy = hikari.lend(hikari.open());
    backend(busy);
    busy.abort(Runnable::run);
    assertTrue(busy.isClosed());
    assertEquals(0, pool.leased());
  }

  @Test
  void aSavepointIsTheTransactionsOwn() throws SQLException {
    Connection connection = hikari.open();
    connection.setAutoCommit(false);
    hikari.lend(connection);
    Savepoint savepoint = connection.setSavepoint("here");
    run(connection, "SET LOCAL my.tenant = 'acme'");
    connection.rollback(savepoint);
    connection.commit();
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  @Test
  void aPoolThatIsNeverSeenToLendKeepsItsLeasesUntilItCloses() throws SQLException {
    Checkouts wrapping = new Checkouts(pool);
    Connection connection = wrapping.open();
    assertEquals(0, pool.leased());
    run(connection, "CREATE TEMP TABLE mine (n int)");
    assertEquals(1, pool.leased());
    assertEquals("0", ask(connection, "SELECT count(*) FROM mine"));
    connection.close();
    assertEquals(0, pool.leased());
  }

  @Test
  void theLastConnectionOfAPoolToBeClosedSaysSo() throws SQLException {
    Connection one = hikari.open();
    Connection two = hikari.lend(hikari.open());
    run(two, "SELECT 1");
    two.close();
    two.close();
    assertEquals(List.of(), pool.abandoned());
    one.close();
    assertEquals(1, pool.abandoned().size());
    assertEquals("test", pool.abandoned().get(0).library());
  }

  @Test
  void aConnectionWithoutALeaseSaysSoOfItself() throws SQLException {
    Connection connection = hikari.open();
    assertTrue(connection.toString().startsWith("org.postgresql.jdbc.PgConnection@"));
    assertEquals(connection, connection);
    assertEquals(0, pool.leased());
  }

  @Test
  void aLeaseWhoseSessionCannotBeMadeReadyEndsAtOnce() throws SQLException {
    Connection connection = hikari.open();
    connection.setSchema("other");
    pool.free().forEach(DriverConnection::close);
    hikari.lend(connection);
    assertThrows(SQLException.class, () -> run(connection, "SELECT 1"));
    assertEquals(0, pool.leased());
  }

  @Test
  void aStatementThatCannotBeMadeAnewFailsAsOnABrokenConnection() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      hikari.takeBack(connection);
      pool.free().forEach(DriverConnection::close);
      hikari.lend(connection);
      assertEquals(
          "08003",
          assertThrows(SQLException.class, () -> statement.execute("SELECT 1")).getSQLState());
      hikari.takeBack(connection);
      assertEquals(0, pool.leased());
    }
  }

  @Test
  void aConnectionThatItsPoolClosesTakesItsSessionAlong() throws SQLException {
    Connection first = hikari.open();
    Connection second = hikari.open();
    Connection neverUsed = hikari.open();
    int old = backend(hikari.lend(first));
    hikari.takeBack(first);
    neverUsed.close();
    assertEquals(List.of(), pool.closed());
    first.close();
    assertEquals(List.of(1L), pool.closed());
    hikari.lend(second);
    for (int i = 0; i < 3; i++) {
      assertNotEquals(old, Integer.parseInt(ask(second, "SELECT pg_backend_pid()")));
      hikari.takeBack(second);
      hikari.lend(second);
    }
  }

  @Test
  void aSessionThatANewerConnectionHasUsedSinceGoesTooWhenAnOlderOneIsClosed() throws SQLException {
    Connection older = hikari.open();
    int old = backend(hikari.lend(older));
    hikari.takeBack(older);
    Connection newer = hikari.open();
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      used.add(backend(hikari.lend(newer)));
      hikari.takeBack(newer);
    }
    assertTrue(used.contains(old));
    older.close();
    for (int i = 0; i < 3; i++) {
      assertNotEquals(old, backend(hikari.lend(newer)));
      hikari.takeBack(newer);
    }
  }

  @Test
  void anOutdatedSessionThatWouldHaveToBeResetIsReplacedWithoutAWord() throws SQLException {
    Connection connection = hikari.open();
    Connection other = hikari.open();
    hikari.lend(connection).setSchema("other");
    run(connection, "SELECT 1");
    hikari.takeBack(connection);
    pool.free().forEach(DriverConnection::outdate);
    hikari.lend(other);
    assertEquals("public", ask(other, "SELECT current_schema()"));
    hikari.takeBack(other);
  }
}
