package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.SessionPool.Checkouts;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;

/** What an application remembers of an unwrapped connection is true of the session behind it. */
class SessionFaceTest extends PortableConnectionCase {

  @Test
  void whatIsRememberedByIdentityIsTrueOfTheSession() throws SQLException {
    List<Map<Object, String>> memories =
        List.of(new HashMap<>(), new IdentityHashMap<>(), new WeakHashMap<>());
    Connection one = hikari.open();
    Connection two = hikari.open();
    for (int i = 0; i < 12; i++) {
      Connection connection = i % 3 == 0 ? one : two;
      hikari.lend(connection);
      Object key = connection.unwrap(PGConnection.class);
      String remembered = memories.get(i % memories.size()).get(key);
      if (remembered != null) {
        assertEquals(remembered, ask(connection, "SHOW my.tenant"));
      }
      String tenant = "tenant" + i;
      run(connection, "SET my.tenant = '" + tenant + "'");
      memories.forEach(memory -> memory.put(key, tenant));
      hikari.takeBack(connection);
      if (i == 7) {
        Checkouts other = new Checkouts(pool);
        for (int k = 0; k < 2; k++) {
          Connection stranger = other.lend(other.open());
          run(stranger, "SET my.tenant = 'stranger'");
          other.takeBack(stranger);
        }
      }
    }
    assertTrue(memories.get(0).size() >= 4, memories::toString);
  }

  @Test
  void theSameSessionHasTheSameFaceUntilItIsMadeClean() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    Object face = connection.unwrap(PGConnection.class);
    int backend = backend(connection);
    assertSame(face, connection.unwrap(BaseConnection.class));
    assertSame(face, ((Connection) face).unwrap(PGConnection.class));
    assertSame(face, PoolSide.of(connection).unwrapped(connection));
    assertSame(face, PoolSide.of(face).unwrapped(face));
    assertNotSame(connection, face);
    assertEquals(face.hashCode(), System.identityHashCode(face));
    hikari.takeBack(connection);
    hikari.lend(connection);
    Object other = connection.unwrap(PGConnection.class);
    assertNotSame(face, other);
    assertFalse(backend == backend(connection));
    hikari.takeBack(connection);
    hikari.lend(connection);
    assertEquals(backend, backend(connection));
    assertSame(face, connection.unwrap(PGConnection.class));
    hikari.takeBack(connection);
    Checkouts stranger = new Checkouts(pool);
    stranger.takeBack(use(stranger.lend(stranger.open())));
    stranger.takeBack(use(stranger.lend(stranger.open())));
    for (int i = 0; i < 2; i++) {
      hikari.lend(connection);
      Object later = connection.unwrap(PGConnection.class);
      assertFalse(later == face || later == other);
      hikari.takeBack(connection);
    }
    assertEquals(0, pool.leased());
  }

  private static Connection use(Connection connection) throws SQLException {
    run(connection, "SELECT 1");
    return connection;
  }

  @Test
  void itsCallsAreThoseOfTheConnection() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    Connection face = (Connection) connection.unwrap(PGConnection.class);
    face.setAutoCommit(false);
    assertFalse(connection.getAutoCommit());
    assertEquals(connection.toString(), face.toString());
    assertEquals(ask(connection, "SELECT pg_backend_pid()"), ask(face, "SELECT pg_backend_pid()"));
    face.rollback();
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    // Used although the pool has it back: as the connection itself.
    assertEquals("1", ask(face, "SELECT 1"));
    assertFalse(face.isClosed());
    connection.close();
    assertTrue(face.isClosed());
    assertThrows(SQLException.class, face::createStatement);
  }

  @Test
  void aConnectionThatIsLostWithItsFaceGivesItsLeaseBack() throws Exception {
    WeakReference<Object> lost = lose();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (pool.leased() > 0 && System.nanoTime() < deadline) {
      System.gc();
      Thread.yield();
    }
    assertEquals(0, pool.leased());
    assertNull(lost.get());
  }

  private WeakReference<Object> lose() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    hikari.takeBack(connection);
    hikari.lend(connection);
    Object face = connection.unwrap(PGConnection.class);
    run(connection, "SELECT 1");
    return new WeakReference<>(face);
  }

  @Test
  void whatFailsToBeginALeaseIsUnwrappedAllTheSame() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    pool.fail();
    assertSame(connection, PoolSide.of(connection).unwrapped(connection));
    assertThrows(SQLException.class, () -> connection.unwrap(PGConnection.class));
    connection.close();
    assertSame(connection, PoolSide.of(connection).unwrapped(connection));
  }

  @Test
  void thePoolItselfUnwrapsNothingBetweenTwoCheckouts() throws SQLException {
    Connection connection = hikari.open();
    hikari.lend(connection);
    hikari.takeBack(connection);
    int before = pool.leases();
    assertSame(connection, connection.unwrap(PGConnection.class));
    assertEquals(before, pool.leases());
  }
}
