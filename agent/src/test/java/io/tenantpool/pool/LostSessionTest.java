package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Origin;
import org.junit.jupiter.api.Test;

/** When an idle session is asked for a sign of life before somebody gets it. */
class LostSessionTest {

  private final PoolScene scene = new PoolScene(TestLimits.of(4, 0, 4));
  private final Origin pool = new Origin("pool");

  private PooledLease twoIdleSessions() throws Exception {
    PooledLease first = scene.borrow("a", pool);
    PooledLease second = scene.borrow("a", pool);
    PoolScene.physical(first).use(pool);
    PoolScene.physical(second).use(pool);
    second.end();
    first.end();
    return first;
  }

  @Test
  void anApplicationThatOpensAConnectionItselfGetsOneThatAnswers() throws Exception {
    scene.server.untouched = true;
    PooledLease before = scene.borrow("a");
    before.end();
    scene.server.valid = false;
    scene.ticker.advanceMillis(1);
    PooledLease next = scene.borrow("a");
    assertNotSame(before.physical(), next.physical());
    assertEquals(1, scene.server.mostSockets.get(), "the old socket goes first");
    next.end();
    scene.assertNothingLost();
  }

  @Test
  void oneThatWasReturnedJustNowNeedsNotBeAsked() throws Exception {
    scene.server.untouched = true;
    PooledLease before = scene.borrow("a");
    before.end();
    scene.server.valid = false;
    PooledLease next = scene.borrow("a");
    assertSame(before.physical(), next.physical());
    next.end();
    scene.assertNothingLost();
  }

  @Test
  void anApplicationPoolGetsItsOwnSessionAsItIsForHalfASecond() throws Exception {
    PooledLease last = twoIdleSessions();
    scene.server.valid = false;
    scene.ticker.advanceMillis(400);
    PooledLease next = scene.borrow("a", pool);
    assertSame(last.physical(), next.physical());
    next.end();
    scene.assertNothingLost();
  }

  @Test
  void onceOneSessionIsLostThoseThatWereIdleThenAreAsked() throws Exception {
    twoIdleSessions();
    PooledLease lost = scene.borrow("a", pool);
    scene.server.valid = false;
    scene.ticker.advanceMillis(1);
    PoolScene.physical(lost).broken = true;
    lost.end();
    PooledLease next = scene.borrow("a", pool);
    assertEquals(3, scene.server.opens.get(), "neither of the two");
    PoolScene.physical(next).use(pool);
    scene.ticker.advanceMillis(1);
    next.end();
    PooledLease again = scene.borrow("a", pool);
    assertSame(next.physical(), again.physical(), "it came back since");
    again.end();
    scene.assertNothingLost();
  }

  @Test
  void aLeaseKnowsWhetherTheServerHasAnsweredForIt() throws Exception {
    PooledLease opened = scene.borrow("a", pool);
    assertTrue(opened.hasAnswered());
    PoolScene.physical(opened).use(pool);
    opened.end();
    PooledLease asItIs = scene.borrow("a", pool);
    assertFalse(asItIs.hasAnswered());
    asItIs.end();
    PooledLease reset = scene.borrow("a", new Origin("other"));
    assertTrue(reset.hasAnswered());
    reset.end();
    scene.ticker.advanceMillis(1_000);
    PooledLease validated = scene.borrow("a", pool);
    assertTrue(validated.hasAnswered());
    validated.end();
    scene.assertNothingLost();
  }
}
