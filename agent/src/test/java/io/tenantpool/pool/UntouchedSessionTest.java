package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** A lease that asked nothing of its session leaves nothing to make clean; any other does. */
class UntouchedSessionTest {

  private final PoolScene scene = new PoolScene(TestLimits.of(1, 0, 1));

  @Test
  void anUntouchedSessionIsLentAgainWithoutAReset() throws Exception {
    scene.server.untouched = true;
    PooledLease first = scene.borrow("a");
    first.end();
    scene.work();
    PooledLease second = scene.borrow("a");
    assertSame(first.physical(), second.physical());
    assertEquals(0, scene.figures().resets());
    second.end();
    scene.assertNothingLost();
  }

  @Test
  void aTouchedSessionIsResetBeforeItIsLentAgain() throws Exception {
    PooledLease first = scene.borrow("a");
    PoolScene.physical(first).dirty = true;
    first.end();
    PooledLease second = scene.borrow("a");
    assertEquals(false, PoolScene.physical(second).dirty);
    assertEquals(1, scene.figures().resets());
    second.end();
    scene.assertNothingLost();
  }
}
