package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** What a pool does with objects that are not the agent's is nothing to the agent. */
class PoolSideTest {

  @Test
  void nothingHappensToWhatIsNotOurs() {
    Object other = new Object();
    PoolSide side = PoolSide.of(other);
    assertSame(PoolSide.OF_OTHERS, side);
    assertSame(PoolSide.OF_OTHERS, PoolSide.of(null));
    side.setUpEnded();
    side.lent();
    side.used();
    side.returned();
    assertFalse(side.resumeSetUp());
    assertSame(other, side.unwrapped(other));
  }
}
