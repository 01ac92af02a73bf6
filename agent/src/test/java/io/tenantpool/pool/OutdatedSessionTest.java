package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.SessionFilter;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator does to sessions that nobody uses, and to those that somebody does. */
class OutdatedSessionTest {

  private static final SessionFilter ALL = new SessionFilter(null, null, false);

  private final PoolScene scene = new PoolScene(TestLimits.of(4, 0, 3));
  private final Origin one = new Origin("one");
  private final Origin two = new Origin("two");

  private PooledLease borrow(String tenant, String database) throws SQLException {
    Route.Pooled route = TestRoutes.routeTo(tenant, "app", database);
    return scene.pool.borrow(route, scene.server.opener(tenant), null, null);
  }

  private StubServer.Physical use(@Nullable Origin origin) throws SQLException {
    PooledLease lease = scene.borrow("a", origin);
    StubServer.Physical physical = PoolScene.physical(lease);
    physical.use(origin);
    lease.end();
    return physical;
  }

  @Test
  void idleConnectionsOfADatabaseAreClosedBeforeTheCallReturnsAndNoOthers() throws Exception {
    borrow("x", "books").end();
    borrow("y", "books").end();
    PooledLease busy = borrow("x", "books");
    borrow("z", "other").end();
    scene.work();
    assertEquals(1, busy.closeIdle(SessionFilter.ofDatabase("books")));
    assertEquals(2, scene.server.sockets.get());
    assertEquals(1, scene.figures().evictions().get(EvictionCause.IN_THE_WAY));
    busy.end();
    scene.work();
    assertEquals(1, scene.figures("x").idle(), "who was at work goes on");
    scene.assertNothingLost();
  }

  @Test
  void whatIsStillToBeClosedByTheWorkerIsClosedAtOnceToo() throws Exception {
    PooledLease busy = borrow("z", "other");
    borrow("x", "books").end();
    scene.work();
    scene.pool.operations().evictIdle();
    assertEquals(2, scene.server.sockets.get());
    busy.closeIdle(SessionFilter.ofDatabase("books"));
    assertEquals(1, scene.server.sockets.get());
    scene.work();
    busy.end();
    scene.assertNothingLost();
  }

  @Test
  void aCloseThatFailsKeepsNoOtherOpen() throws Exception {
    PooledLease busy = borrow("z", "other");
    borrow("x", "books").end();
    borrow("y", "books").end();
    scene.work();
    scene.server.onClose =
        () -> {
          scene.server.onClose = () -> {};
          throw new SQLException("no");
        };
    busy.closeIdle(SessionFilter.ofDatabase("books"));
    assertEquals(1, scene.figures().open());
    scene.server.sockets.decrementAndGet();
    busy.end();
    scene.assertNothingLost();
  }

  @Test
  void anOperatorClosesADatabaseWhateverItsTenantsAre() throws Exception {
    borrow("x", "books").end();
    PooledLease busy = borrow("y", "books");
    borrow("z", "other").end();
    scene.work();
    assertEquals(1, scene.pool.operations().closeDatabase("books"));
    assertEquals(2, scene.figures().open());
    busy.end();
    scene.work();
    assertEquals(1, scene.figures().open());
    assertEquals(2, scene.figures().evictions().get(EvictionCause.OPERATOR));
    scene.assertNothingLost();
  }

  @Test
  void whoIsToHaveANewSessionGetsNoOutdatedOne() throws Exception {
    StubServer.Physical idle = use(null);
    scene.work();
    PooledLease other = scene.borrow("other");
    other.outdate(ALL);
    assertTrue(idle.closed);
    assertNotSame(idle, use(null));
    PoolScene.physical(other).use(null);
    other.end();
    scene.work();
    assertTrue(PoolScene.physical(other).closed, "in use at the change: closed when it comes back");
    assertEquals(2, scene.figures().evictions().get(EvictionCause.OUTDATED));
    scene.assertNothingLost();
  }

  @Test
  void aPoolsOwnSessionGoesOnForThatPoolAloneAsWithoutTheAgent() throws Exception {
    StubServer.Physical kept = use(one);
    scene.borrow("other").outdate(ALL);
    assertSame(kept, use(one));
    assertFalse(kept.closed);
    StubServer.Physical next = use(two);
    assertNotSame(kept, next);
    scene.work();
    assertEquals(0, scene.figures().evictions().getOrDefault(EvictionCause.RESET, 0L));
  }

  @Test
  void aSessionThatIsOutdatedWhileItIsResetIsClosed() throws Exception {
    PooledLease other = scene.borrow("other");
    StubServer.Physical dirty = use(null);
    scene.server.onReset = () -> other.outdate(ALL);
    scene.work();
    assertTrue(dirty.closed);
    scene.server.onReset = () -> {};
    other.end();
    scene.work();
    assertEquals(0, scene.figures().open());
  }

  @Test
  void aLoginThatIsRefusedOutdatesTheOthersOfItsKey() throws Exception {
    StubServer.Physical idle = use(null);
    scene.work();
    PooledLease lease = scene.borrow("a");
    scene.borrow("b").end();
    scene.work();
    scene.server.onOpen =
        () -> {
          throw new SQLException("role \"app\" is not permitted to log in", "28000");
        };
    assertThrows(SQLException.class, () -> scene.borrow("a"));
    lease.end();
    scene.work();
    assertTrue(idle.closed);
    assertEquals(1, scene.figures("b").idle());
    scene.assertNothingLost();
  }

  @ParameterizedTest
  @ValueSource(strings = {"template0", "template1"})
  void aSessionOfATemplateIsNeverIdle(String template) throws Exception {
    borrow("x", template).end();
    scene.work();
    assertEquals(0, scene.figures().open());
    assertEquals(1, scene.figures().evictions().get(EvictionCause.TEMPLATE));
    borrow("x", "template2").end();
    scene.work();
    assertEquals(1, scene.figures().open());
    scene.assertNothingLost();
  }

  @Test
  void aConnectionThatItsPoolClosedTakesTheSessionsAlongThatItOrAnOlderOneHasUsed()
      throws Exception {
    PooledLease first = scene.borrow("a", one);
    PooledLease second = scene.borrow("a", one);
    PooledLease busy = scene.borrow("a", one);
    for (PooledLease lease : new PooledLease[] {first, second, busy}) {
      PoolScene.physical(lease).use(one);
    }
    PoolScene.physical(first).oldestUser = 3;
    PoolScene.physical(second).oldestUser = 5;
    PoolScene.physical(busy).oldestUser = 4;
    first.end();
    second.end();
    scene.pool.operations().closed("a", two, 9);
    scene.pool.operations().closed("a", one, 2);
    assertEquals(3, scene.figures().open());
    scene.pool.operations().closed("a", one, 4);
    assertTrue(PoolScene.physical(first).closed);
    assertFalse(PoolScene.physical(second).closed);
    busy.end();
    scene.work();
    assertTrue(PoolScene.physical(busy).closed);
    assertEquals(1, scene.figures().open());
    scene.assertNothingLost();
  }
}
