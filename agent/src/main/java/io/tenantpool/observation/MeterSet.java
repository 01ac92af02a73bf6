package io.tenantpool.observation;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Meters that come together and go together, in somebody's Micrometer. It holds what its meters
 * read, for Micrometer does so weakly. Tags are keys and values in turn.
 */
interface MeterSet {

  void gauge(String name, String description, DoubleSupplier value, String... tags);

  /** A counter whose count is kept elsewhere. */
  void counter(String name, String description, DoubleSupplier count, String... tags);

  /** A timer whose count and time are kept elsewhere. */
  void timer(
      String name, String description, LongSupplier count, DoubleSupplier nanos, String... tags);

  /** A timer that is told each single time. */
  Recorder timer(String name, String description, String... tags);

  /** Takes all of them away. */
  void close();

  /** Takes single times. */
  @FunctionalInterface
  interface Recorder {
    void record(long nanos);
  }
}
