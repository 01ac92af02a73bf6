package io.tenantpool.observation.capacity;

import java.util.Arrays;

/**
 * How many idle connections belong to tenants that are asked for more often than a given one. The
 * frequencies are those of {@link io.tenantpool.pool.UseFrequency}, logarithms that grow for ever;
 * they are counted in small steps, and what is far below the highest one in one place. Not
 * thread-safe.
 */
final class FrequencyLevels {

  /**
   * Levels between a frequency and the one that is e times as high. Tenants that come in turn
   * differ by a thousandth or so, and just that decides which of them go.
   */
  private static final int STEPS = 128;

  /** From the highest to a millionth or so of it. */
  private static final int LEVELS = 2048;

  /** Levels whose sum is kept. */
  private static final int BLOCK = 64;

  /** How many levels are made room for at once at the upper end. */
  private static final int ROOM = 4 * BLOCK;

  private final int[] idle = new int[LEVELS];
  private final int[] blocks = new int[LEVELS / BLOCK];

  /** The level that is the first in {@link #idle}; what is below counts there too. */
  private double lowest;

  /** Counts so many more, or fewer, connections of a tenant with that frequency. */
  void add(double frequency, int connections) {
    if (connections != 0) {
      int level = level(frequency);
      idle[level] += connections;
      blocks[level / BLOCK] += connections;
    }
  }

  /** Connections of tenants with a higher frequency; of those on the same level, half. */
  int above(double frequency) {
    int level = level(frequency);
    int block = level / BLOCK;
    int above = (idle[level] + 1) / 2;
    for (int i = level + 1; i < (block + 1) * BLOCK; i++) {
      above += idle[i];
    }
    for (int i = block + 1; i < blocks.length; i++) {
      above += blocks[i];
    }
    return above;
  }

  private int level(double frequency) {
    double level = Math.floor(frequency * STEPS) - lowest;
    if (level >= LEVELS) {
      rise(level - LEVELS + ROOM);
      return LEVELS - ROOM;
    }
    return (int) Math.max(0, level);
  }

  /** Moves all down by so many levels, those that would fall out to the first place. */
  private void rise(double levels) {
    int steps = (int) Math.min(LEVELS, levels);
    int fallen = 0;
    for (int i = 0; i < steps; i++) {
      fallen += idle[i];
    }
    System.arraycopy(idle, steps, idle, 0, LEVELS - steps);
    Arrays.fill(idle, LEVELS - steps, LEVELS, 0);
    idle[0] += fallen;
    lowest += levels;
    for (int block = 0; block < blocks.length; block++) {
      int sum = 0;
      for (int i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
        sum += idle[i];
      }
      blocks[block] = sum;
    }
  }
}
