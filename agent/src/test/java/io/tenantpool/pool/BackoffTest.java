package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pauses grow up to a bound, and no two are alike. */
class BackoffTest {

  @Test
  void eachPauseIsBetweenAHalfAndTheWholeOfOneThatDoublesUpToTheLongest() {
    Backoff backoff = new Backoff(100, 1000, new SplittableRandom(1));
    for (long whole : new long[] {100, 200, 400, 800, 1000, 1000}) {
      long pause = backoff.next();
      assertTrue(pause >= whole / 2 && pause <= whole, pause + " of " + whole);
    }
    backoff.reset();
    assertTrue(backoff.next() <= 100);
  }

  @Test
  void manyWhoFailTogetherDoNotComeBackTogether() {
    Set<Long> pauses = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      pauses.add(new Backoff(1_000_000, 1_000_000, new SplittableRandom(seed)).next());
    }
    assertTrue(pauses.size() > 90, () -> pauses.size() + " different ones");
    long same = new Backoff(1000, 1000, new SplittableRandom(7)).next();
    assertEquals(same, new Backoff(1000, 1000, new SplittableRandom(7)).next());
  }
}
