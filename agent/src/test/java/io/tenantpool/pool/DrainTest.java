package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.Settings;
import io.tenantpool.connection.Lease;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What happens to connections and to those who wait when the mode is switched. */
class DrainTest {

  private final PoolScene scene = new PoolScene(TestLimits.of(2, 0, 2));

  @Test
  void whatIsIdleGoesNowAndWhatIsLeasedWhenItComesBack() throws Exception {
    PooledLease leased = scene.borrow("a");
    scene.borrow("b").end();
    scene.work();
    scene.pool.operations().drain(true);
    scene.work();
    assertEquals(1, scene.server.sockets.get());
    assertEquals(1, scene.figures().active());
    leased.end();
    scene.work();
    assertEquals(2, scene.figures().evictions().get(EvictionCause.SWITCHED));
    scene.assertNothingLost();
  }

  @Test
  void nothingIsLentUntilItIsToldOtherwise() throws Exception {
    scene.pool.operations().drain(true);
    assertThrows(NotPoolingException.class, () -> scene.borrow("a"));
    assertEquals(0, scene.figures().open());
    scene.pool.operations().drain(false);
    scene.borrow("a").end();
    scene.work();
    assertEquals(1, scene.figures().idle());
    scene.assertNothingLost();
  }

  @Test
  void aLeaseThatComesBackAfterPoolingHasBegunAgainIsKept() throws Exception {
    PooledLease leased = scene.borrow("a");
    scene.pool.operations().drain(true);
    scene.pool.operations().drain(false);
    leased.end();
    scene.work();
    PooledLease again = scene.borrow("a");
    assertSame(PoolScene.physical(leased), PoolScene.physical(again));
    again.end();
    scene.assertNothingLost();
  }

  @Test
  void whoeverWaitsIsTurnedAwayAtOnce() throws Exception {
    PooledLease one = scene.borrow("a");
    PooledLease other = scene.borrow("b");
    PoolScene.Borrower waiting = scene.borrower("c").parked();
    scene.pool.operations().drain(true);
    assertInstanceOf(NotPoolingException.class, waiting.failure());
    assertEquals(0, scene.figures().waiting());
    assertEquals(0, scene.figures().timeouts());
    one.end();
    other.end();
    scene.work();
    scene.assertNothingLost();
  }

  @Test
  void whoeverIsOpeningGoesOnAndGivesItUpAfterwards() throws Exception {
    scene.server.onOpen =
        () -> {
          throw new SQLException("full", "53300");
        };
    PoolScene.Borrower refused = scene.borrower("a").parked();
    scene.pool.operations().drain(true);
    scene.server.onOpen = () -> {};
    scene.ticker.advanceMillis(1);
    // It was opening when the mode was switched, and goes on with that.
    Lease late = refused.lease();
    late.end();
    scene.work();
    assertEquals(0, scene.figures().open());
    scene.assertNothingLost();
  }

  @Test
  void aServerThatIsSeenFirstWhileNothingIsPooledIsNotPooled() throws Exception {
    StubServer server = new StubServer();
    try (PoolManager manager =
        new PoolManager(Settings.defaults(), Ticker.system(), new PoolListener() {})) {
      manager.pool(false);
      assertFalse(manager.isPooling());
      assertThrows(
          NotPoolingException.class,
          () -> manager.borrow(TestRoutes.route("a", "app", false), server.opener("a")));
      manager.pool(true);
      assertTrue(manager.isPooling());
      manager.borrow(TestRoutes.route("a", "app", false), server.opener("a")).end();
      assertEquals(1, server.sockets.get());
    }
    assertEquals(0, server.sockets.get());
  }
}
