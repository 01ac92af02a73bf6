package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** That a stack overflows at the probe, and not after it. */
class HeadroomTest {

  private static final int SWEEPS = 8;
  private static final int WARM = 30_000;

  /** Of frames of the interpreter some four kilobytes; compiled ones are smaller. */
  private static final int FRAMES = 40;

  private int refused;
  private int torn;
  private int passed;

  @Test
  void whateverFollowsTheProbeFindsRoom() throws InterruptedException {
    Headroom.prepare();
    sweep();
    for (int i = 0; i < WARM; i++) {
      step();
    }
    sweep();
    assertEquals(0, torn);
    assertTrue(refused > SWEEPS, "overflows at the probe: " + refused);
  }

  private void sweep() throws InterruptedException {
    for (int i = 0; i < SWEEPS; i++) {
      passed = 0;
      Thread diver = new Thread(null, () -> dive(0), "diver", 256 << 10);
      diver.start();
      diver.join();
    }
  }

  @SuppressWarnings("InfiniteRecursion") // Until the stack ends.
  private void dive(int depth) {
    try {
      dive(depth + 1);
    } catch (StackOverflowError bottom) {
      refused++;
    }
    if (passed < 3 && depth % 8 == 0) {
      try {
        step();
      } catch (StackOverflowError e) {
        refused++;
      }
    }
  }

  private void step() {
    Headroom.forStep();
    try {
      use(FRAMES);
      passed++;
    } catch (StackOverflowError e) {
      torn++;
    }
  }

  private static int use(int frames) {
    return frames == 0 ? 0 : 1 + use(frames - 1);
  }
}
