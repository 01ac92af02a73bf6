package io.tenantpool.observation.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.pool.UseFrequency;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrequencyLevelsTest {

  private static final double STEP = 1 / 128.0;

  private final FrequencyLevels levels = new FrequencyLevels();

  @Test
  void whatIsHigherCountsWholeAndWhatIsAlikeHalf() {
    levels.add(3, 4);
    levels.add(2, 5);
    levels.add(1, 7);
    assertEquals(0, levels.above(4));
    assertEquals(2, levels.above(3));
    assertEquals(4, levels.above(2.99));
    assertEquals(4 + 3, levels.above(2));
    assertEquals(4 + 5 + 7, levels.above(UseFrequency.NEVER));
  }

  /** Frequencies grow for ever; the steps are all that is lost. */
  @Test
  void howeverFarFrequenciesHaveGrownTheirOrderCounts() {
    Random random = new Random(1);
    double[] all = new double[200];
    double now = 0;
    for (int round = 0; round < 2000; round++) {
      now += random.nextInt(100) == 0 ? 30 : random.nextDouble();
      int which = random.nextInt(all.length);
      if (all[which] != 0) {
        levels.add(all[which], -1);
      }
      all[which] = now + random.nextDouble() * 7;
      levels.add(all[which], 1);
      double asked = all[random.nextInt(all.length)];
      int surely = 0;
      int perhaps = 0;
      for (double each : all) {
        surely += each > asked + STEP && each != 0 ? 1 : 0;
        perhaps += each > asked - STEP && each != 0 ? 1 : 0;
      }
      // What is more than fourteen below the highest counts in one place.
      if (asked > now + 7 - 13) {
        int above = levels.above(asked);
        assertTrue(surely <= above && above <= perhaps, surely + ", " + above + ", " + perhaps);
      }
    }
  }

  @Test
  void whatNobodyHasAskedForInALongTimeStaysCounted() {
    levels.add(1, 3);
    levels.add(1e6, 1);
    levels.add(1e12, 2);
    assertEquals(1, levels.above(1e12));
    assertEquals(2 + 2, levels.above(1), "two, and half of the four that are far below");
    levels.add(1, -3);
    levels.add(1e6, -1);
    assertEquals(2, levels.above(1));
  }
}
