package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Lease;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a session that is there, and who has to log in; the server knows some passwords. */
class CredentialsTest {

  private final StubServer server = new StubServer();
  private final Set<String> valid = ConcurrentHashMap.newKeySet();
  private final PoolManager pool =
      new PoolManager(TestSettings.budget(4), Ticker.system(), new PoolListener() {});

  @AfterEach
  void close() {
    pool.close();
    assertEquals(0, server.sockets.get());
  }

  private static Route.Pooled route(String password) {
    return TestRoutes.route("a", "app", password);
  }

  private PhysicalOpener opener(String password) {
    PhysicalOpener opener = server.opener();
    return () -> {
      if (!valid.contains(password)) {
        throw new SQLException("password authentication failed", "28P01");
      }
      return opener.open();
    };
  }

  private Lease borrow(String password) throws SQLException {
    return pool.borrow(route(password), opener(password));
  }

  private int use(String password) throws SQLException {
    int before = server.opens.get();
    borrow(password).end();
    return server.opens.get() - before;
  }

  private void assertRefused(String password) {
    SQLException refused = assertThrows(SQLException.class, () -> borrow(password));
    assertEquals("28P01", refused.getSQLState());
  }

  @Test
  void aWrongPasswordIsRefusedAlsoAtTheCap() throws SQLException {
    valid.add("right");
    Lease one = borrow("right");
    Lease two = borrow("right");
    Lease three = borrow("right");
    one.end();
    assertRefused("wrong");
    two.end();
    assertRefused("wrong");
    three.end();
    assertRefused("wrong");
    borrow("right").end();
  }

  @Test
  void theNewPasswordLogsInOnceAndTheOldOneIsRefused() throws SQLException {
    valid.add("old");
    assertEquals(1, use("old"));
    assertEquals(0, use("old"));
    valid.clear();
    valid.add("new");
    assertEquals(1, use("new"));
    assertEquals(0, use("new"));
    assertRefused("old");
    assertEquals(0, use("new"));
  }

  @Test
  void tokensThatAreValidTogetherShareSessionsInTheEnd() throws SQLException {
    valid.addAll(Set.of("one", "two"));
    for (int i = 0; i < 2; i++) {
      assertEquals(1, use("one"));
      assertEquals(1, use("two"));
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(0, use("one"));
      assertEquals(0, use("two"));
    }
  }

  @Test
  void aPoolKeepsUsingTheSessionsOfItsAccount() throws SQLException {
    Origin origin = new Origin("test");
    valid.add("old");
    borrow("old").end();
    valid.clear();
    valid.add("new");
    borrow("new").end();
    int opens = server.opens.get();
    pool.borrow(route("old"), opener("old"), origin).end();
    assertEquals(opens, server.opens.get());
  }

  @Test
  void whatIsProvenIsKnownForAsLongAsSomebodyHoldsIt() throws SQLException {
    valid.add("right");
    assertTrue(!pool.isProven(route("right")));
    borrow("right").end();
    Object held = pool.memoryOfLogins(route("right"));
    assertTrue(pool.isProven(route("right")));
    assertTrue(!pool.isProven(route("wrong")));
    pool.evictIdle("db:5432");
    assertTrue(!pool.isProven(route("right")), "an operator's eviction puts all in doubt");
    assertNotNull(held);
  }

  @Test
  void aSessionThatCannotBeMadeCleanIsReplacedWithTheBorrowersOwnPassword() throws SQLException {
    valid.addAll(Set.of("one", "two"));
    for (int i = 0; i < 2; i++) {
      use("one");
      use("two");
    }
    valid.remove("two");
    server.onReset =
        () -> {
          throw new SQLException("no", "08006");
        };
    Origin origin = new Origin("test");
    pool.borrow(route("one"), opener("one"), origin).end();
    borrow("one").end();
  }
}
