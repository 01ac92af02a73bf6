package io.tenantpool.simulation;

/** Who lives in a {@link World}, and what must be true there. */
public interface Scene {

  /**
   * Has everybody begin.
   *
   * @param steps after how many they are to come to an end
   */
  void begin(World world, long steps);

  /** What the seed has chosen, for the report of a failure. */
  String options();

  /** What has happened, for a test that asks whether enough has. */
  Tally tally();
}
