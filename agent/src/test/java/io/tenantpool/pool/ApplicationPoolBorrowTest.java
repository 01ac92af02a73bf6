package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Origin;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What application pools that borrow from the same tenant cost and find: resets, sockets. */
class ApplicationPoolBorrowTest {

  private final PoolScene scene = new PoolScene(TestLimits.of(1, 0, 3));
  private final Origin one = new Origin("one");
  private final Origin two = new Origin("two");

  @Test
  void checkoutsOfOnePoolCostNoReset() throws Exception {
    StubServer.Physical first = use(one);
    scene.work();
    for (int i = 0; i < 3; i++) {
      assertSame(first, use(one));
      scene.work();
    }
    assertEquals(0, scene.figures().resets());
    assertEquals(1, scene.server.opens.get());
    scene.assertNothingLost();
  }

  @Test
  void whatWasKeptForAPoolThatIsGoneIsClosedAtOnce() throws Exception {
    use(one);
    scene.pool.operations().abandoned("nobody", one);
    scene.pool.operations().abandoned("a", two);
    assertEquals(1, scene.figures().open());
    scene.pool.operations().abandoned("a", one);
    assertEquals(0, scene.figures().open());
    assertEquals(1, scene.figures().evictions().get(EvictionCause.ABANDONED));
    scene.assertNothingLost();
  }

  @Test
  void everyChangeOfOriginCostsOneReset() throws Exception {
    StubServer.Physical session = use(one);
    assertSame(session, use(two));
    assertEquals(1, scene.figures().resets());
    assertSame(session, use(null));
    assertEquals(2, scene.figures().resets());
    assertSame(session, use(one));
    assertEquals(3, scene.figures().resets());
    scene.assertNothingLost();
  }

  @Test
  void aSessionThatNobodyUsedIsNobodys() throws Exception {
    scene.server.untouched = true;
    PooledLease lease = scene.borrow("a", one);
    lease.end();
    PooledLease next = scene.borrow("a", two);
    assertSame(lease.physical(), next.physical());
    assertEquals(0, scene.figures().resets());
    next.end();
    scene.assertNothingLost();
  }

  @Test
  void aKeptSessionThatDoesNotSurviveTheResetForAnotherPoolIsReplacedOnItsPermit()
      throws Exception {
    StubServer.Physical session = use(one);
    scene.server.onReset =
        () -> {
          throw new SQLException("gone", "57P01");
        };
    StubServer.Physical other = use(two);
    assertNotSame(session, other);
    assertTrue(session.closed);
    assertEquals(1, scene.server.mostSockets.get());
    assertEquals(1, scene.figures().evictions().get(EvictionCause.RESET));
    scene.assertNothingLost();
  }

  @Test
  void aSessionThatItsPoolHasChangedForGoodServesThatPoolAloneAndIsQuietlyReplaced()
      throws Exception {
    StubServer.Physical session = use(one);
    session.changedForGood = true;
    assertSame(session, use(one));
    StubServer.Physical other = use(two);
    assertNotSame(session, other);
    assertTrue(session.closed);
    assertEquals(0, scene.figures().resets());
    assertEquals(1, scene.figures().evictions().get(EvictionCause.RESET));
    other.changedForGood = true;
    // Given back without being kept: for nobody any more.
    use(null);
    scene.work();
    assertTrue(other.closed);
    assertFalse(scene.events.lines().toString().contains("resetFailed"));
    scene.assertNothingLost();
  }

  @Test
  void aSessionKeptForLongIsAskedForASignOfLifeBeforeItsPoolGetsItAgain() throws Exception {
    StubServer.Physical session = use(one);
    scene.ticker.advanceMillis(501);
    scene.server.valid = false;
    assertNotSame(session, use(one));
    assertEquals(1, scene.figures().evictions().get(EvictionCause.VALIDATION));
    scene.assertNothingLost();
  }

  @Test
  void aWaiterOfAnotherPoolIsServedByTheSessionThatComesBack() throws Exception {
    PooledLease lease = scene.borrow("a", one);
    assertTrue(PoolScene.physical(lease).use(one));
    PoolScene.Borrower waiting = scene.borrower("a", two).parked();
    lease.end();
    PooledLease served = waiting.lease();
    assertSame(lease.physical(), served.physical());
    assertFalse(PoolScene.physical(served).dirty);
    assertEquals(1, scene.figures().resets());
    served.end();
    scene.assertNothingLost();
  }

  @Test
  void aKeptSessionIsClosedWithThePool() throws Exception {
    StubServer.Physical session = use(one);
    scene.pool.operations().close();
    scene.work();
    assertTrue(session.closed);
    assertEquals(0, scene.figures().open());
  }

  /** A whole checkout that leaves something in its session; fails when it finds another's there. */
  private StubServer.Physical use(@Nullable Origin origin) throws SQLException {
    PooledLease lease = scene.borrow("a", origin);
    StubServer.Physical physical = PoolScene.physical(lease);
    assertTrue(physical.use(origin), "somebody else's session");
    lease.end();
    return physical;
  }
}
