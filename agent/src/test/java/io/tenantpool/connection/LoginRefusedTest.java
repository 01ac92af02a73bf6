package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.junit.jupiter.api.Test;

/** The server does not let the pool's connections in any more: their pool must replace them. */
class LoginRefusedTest extends PortableConnectionCase {

  private final SQLException refusal = new SQLException("wrong password", "28P01");

  private void refuse() {
    pool.fail(new LoginRefusedException(refusal, "tenant acme"));
  }

  @Test
  void theConnectionIsLostAndSaysWhy() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    refuse();
    SQLNonTransientConnectionException lost =
        assertThrows(SQLNonTransientConnectionException.class, () -> run(connection, "SELECT 1"));
    assertEquals("08006", lost.getSQLState());
    assertSame(SQLNonTransientConnectionException.class, lost.getClass());
    assertSame(refusal, lost.getCause());
    String message = String.valueOf(lost.getMessage());
    assertTrue(message.contains("tenant acme"), message);
    assertTrue(connection.isClosed());
    assertFalse(connection.isValid(1));
    assertThrows(SQLException.class, () -> run(connection, "SELECT 1"));
  }

  @Test
  void theOthersOfThePoolAreAskedAndAnswerNo() throws SQLException {
    Connection one = hikari.open();
    Connection other = hikari.open();
    assertTrue(other.isValid(1));
    refuse();
    hikari.lend(one);
    assertThrows(SQLException.class, () -> run(one, "SELECT 1"));
    assertFalse(other.isValid(1), "at rest, where its pool tests it");
    assertTrue(other.isClosed());
  }

  @Test
  void aConnectionThatIsLostByATestOfThePoolsThreadIsClosed() throws SQLException {
    Connection connection = hikari.open();
    refuse();
    hikari.use(connection);
    assertTrue(connection.isClosed());
  }

  @Test
  void oneMoreConnectionIsRefusedInTheDriversWords() throws SQLException {
    Connection connection = hikari.open();
    refuse();
    hikari.lend(connection);
    assertThrows(SQLException.class, () -> run(connection, "SELECT 1"));
    SQLException first = assertThrows(SQLException.class, hikari::opening);
    assertSame(refusal, first);
  }
}
