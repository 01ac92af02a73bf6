package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BorrowTimesTest {

  private final BorrowTimes times = new BorrowTimes();

  @Test
  void percentilesAreWithinOnePerCentFromMicrosecondsToMinutes() {
    for (long micros = 1; micros <= TimeUnit.MINUTES.toMicros(5); micros *= 10) {
      times.reset();
      times.record(TimeUnit.MICROSECONDS.toNanos(micros));
      // Below 12.8 µs the step of 64 ns is coarser than one per cent.
      assertEquals((double) micros, times.micros(99), Math.max(0.064, micros * 0.01));
    }
  }

  @Test
  void theSlowestOfAHundredIsAboveTheMedianOnly() {
    for (int i = 0; i < 98; i++) {
      times.record(100_000);
    }
    times.record(50_000_000);
    times.record(50_000_000);
    assertEquals(100, times.micros(50), 1);
    assertEquals(50_000, times.micros(99), 500);
  }

  @Test
  void valuesOutOfRangeAreBoundedAndNotLost() {
    times.record(-1);
    assertEquals(0, times.micros(50), 0.1);
    times.reset();
    times.record(Long.MAX_VALUE);
    assertEquals(6e8, times.micros(50), 6e6);
  }

  @Test
  void withoutSamplesThereIsNothing() {
    assertEquals(0, times.micros(99));
  }
}
