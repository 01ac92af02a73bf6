package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** An application pool that goes on with a set-up after the creation has ended. */
class ResumedSetUpTest extends PortableConnectionCase {

  @Test
  void whatIsExecutedThenIsRepeatedOnEverySession() throws SQLException {
    Connection connection = hikari.opening();
    run(connection, "SET lock_timeout = 1234");
    hikari.setUp(connection);
    assertTrue(hikari.resume(connection));
    run(connection, "SET statement_timeout = 4321");
    hikari.setUp(connection);
    assertEquals(0, pool.leased());
    // The sessions take turns.
    assertNotEquals(checkOut(connection), checkOut(connection));
  }

  private int checkOut(Connection connection) throws SQLException {
    hikari.lend(connection);
    assertEquals("1234ms", ask(connection, "SHOW lock_timeout"));
    assertEquals("4321ms", ask(connection, "SHOW statement_timeout"));
    int backend = backend(connection);
    hikari.takeBack(connection);
    return backend;
  }

  @Test
  void aSessionThatTheFirstCheckoutHasTakenAlreadyMayBeSetUp() throws SQLException {
    Connection connection = hikari.open();
    // Nobody has seen yet that the pool lends, so this session stays.
    connection.getMetaData();
    assertEquals(1, pool.leased());
    assertTrue(hikari.resume(connection));
    run(connection, "SET lock_timeout = 1234");
    hikari.setUp(connection);
    for (int i = 0; i < 2; i++) {
      hikari.lend(connection);
      assertEquals("1234ms", ask(connection, "SHOW lock_timeout"));
      hikari.takeBack(connection);
    }
  }

  @Test
  void theSetUpOfAConnectionInUseDoesNotGoOn() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    assertFalse(hikari.resume(connection));
    connection.setAutoCommit(false);
    run(connection, "CREATE TABLE uncommitted ()");
    hikari.takeBack(connection);
    assertFalse(hikari.resume(connection));
    connection.rollback();
    assertTrue(hikari.resume(connection));
    hikari.setUp(connection);
    connection.close();
    assertFalse(hikari.resume(connection));
    assertFalse(hikari.resume(Postgres.connect()));
  }
}
