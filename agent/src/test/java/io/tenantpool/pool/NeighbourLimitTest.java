package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What refusals say of those who share the server. */
class NeighbourLimitTest {

  private static final int CEILING = 100;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final NeighbourLimit limit = new NeighbourLimit();
  private long now = SECOND;

  /** A connect that was refused for so long, with so many open. */
  private boolean refused(long nanos, int open) {
    long since = now;
    now += nanos;
    return limit.refused(since, () -> open, now);
  }

  private boolean look(long nanos) {
    now += nanos;
    return limit.look(CEILING, true, now);
  }

  @Test
  void aRefusalThatIsOverSoonIsNone() {
    assertFalse(refused(NeighbourLimit.PERSISTENT_NANOS - 1, 50));
    assertFalse(limit.isInForce());
    assertEquals(ConnectionBudget.NO_LIMIT, limit.limit());
  }

  @Test
  void onePersistentRefusalLowersTheLimitBelowWhatIsOpen() {
    assertTrue(refused(NeighbourLimit.PERSISTENT_NANOS, 64));
    assertEquals(56, limit.limit());
  }

  @Test
  void thoseWhoWereRefusedTogetherLowerItOnce() {
    long since = now;
    assertTrue(refused(NeighbourLimit.PERSISTENT_NANOS, 64));
    assertFalse(limit.refused(since, () -> 64, now + 1));
    assertFalse(limit.refused(since + 1, () -> 64, now + NeighbourLimit.PERSISTENT_NANOS));
    assertEquals(56, limit.limit());
    assertTrue(refused(NeighbourLimit.PERSISTENT_NANOS, 56));
    assertEquals(49, limit.limit());
  }

  @Test
  void itIsNeverLessThanOne() {
    for (int i = 0; i < 50; i++) {
      refused(NeighbourLimit.PERSISTENT_NANOS, i % 3);
      assertTrue(limit.limit() >= 1);
    }
    assertEquals(1, limit.limit());
  }

  @Test
  void itRisesStepByStepUntilThereIsNone() {
    refused(NeighbourLimit.PERSISTENT_NANOS, 64);
    assertFalse(look(NeighbourLimit.FIRST_RISE_NANOS - 1));
    assertTrue(look(1));
    assertEquals(61, limit.limit());
    assertFalse(look(NeighbourLimit.FIRST_RISE_NANOS - 1), "one step at a time");
    int steps = 1;
    while (limit.isInForce()) {
      look(NeighbourLimit.FIRST_RISE_NANOS);
      steps++;
    }
    assertEquals(9, steps, "by a twentieth each");
    assertFalse(look(SECOND));
  }

  @Test
  void itDoesNotRiseWhileNobodyWantsMoreAndNothingConnects() {
    refused(NeighbourLimit.PERSISTENT_NANOS, 64);
    now += 100 * SECOND;
    assertFalse(limit.look(CEILING, false, now));
    limit.connected();
    assertTrue(limit.look(CEILING, false, now));
    now += 100 * SECOND;
    assertFalse(limit.look(CEILING, false, now), "what connected before says nothing of more");
  }

  @Test
  void itDoesNotRiseWhileConnectsAreRefused() {
    refused(NeighbourLimit.PERSISTENT_NANOS, 64);
    for (int i = 0; i < 20; i++) {
      refused(1, 56);
      assertFalse(look(NeighbourLimit.FIRST_RISE_NANOS / 2));
    }
    assertEquals(56, limit.limit());
  }

  @Test
  void whereEachRiseIsRefusedItRisesMoreAndMoreSlowly() {
    refused(NeighbourLimit.PERSISTENT_NANOS, 64);
    long before = 0;
    for (int i = 0; i < 10; i++) {
      long waited = 0;
      while (!look(SECOND / 10)) {
        waited += SECOND / 10;
      }
      assertTrue(waited >= before || waited >= NeighbourLimit.LONGEST_RISE_NANOS - SECOND);
      before = waited;
      refused(NeighbourLimit.PERSISTENT_NANOS, 64);
    }
    assertTrue(before >= NeighbourLimit.LONGEST_RISE_NANOS - SECOND, "it took " + before);
    assertTrue(before <= NeighbourLimit.LONGEST_RISE_NANOS + SECOND, "it took " + before);
  }

  @Test
  void aCeilingThatCameDownEndsIt() {
    refused(NeighbourLimit.PERSISTENT_NANOS, 64);
    assertTrue(limit.look(56, false, now + 1));
    assertFalse(limit.isInForce());
  }

  /** Two JVMs whose caps are each the whole server. */
  @Test
  void ofTwoWhoShareAServerNeitherKeepsTheOtherSmall() {
    NeighbourLimit[] limits = {new NeighbourLimit(), new NeighbourLimit()};
    int[] open = {90, 10};
    double[] sum = new double[2];
    SplittableRandom random = new SplittableRandom(1);
    int rounds = 4000;
    for (int round = 0; round < rounds; round++) {
      now += SECOND / 10;
      for (int i = 0; i < 2; i++) {
        int wanted = Math.min(CEILING, limits[i].limit());
        int room = CEILING - open[1 - i];
        open[i] = Math.min(wanted, room);
        int held = open[i];
        if (wanted > room && random.nextInt(4) > 0) {
          limits[i].refused(now - NeighbourLimit.PERSISTENT_NANOS, () -> held, now);
        }
        limits[i].look(CEILING, true, now);
        sum[i] += round < rounds / 2 ? 0 : open[i];
      }
    }
    double share = sum[0] / (sum[0] + sum[1]);
    assertEquals(0.5, share, 0.25, "the part of the one that had nine tenths");
    double used = (sum[0] + sum[1]) / (rounds / 2.0);
    assertTrue(used > 0.8 * CEILING, "of 100 were in use: " + used);
  }
}
