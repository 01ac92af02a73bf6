package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RatesTest {

  private static final Bean BEFORE = Figures.server(Figures.DB, 3, 10, 100);

  @Test
  void aRateIsWhatACounterGrewByPerSecondOfTheJvmsOwnClock() {
    assertEquals(OptionalDouble.of(20), rate(1_000, 1_500, 110));
  }

  @Test
  void aCounterThatBeganAnewHasNoNegativeRate() {
    assertEquals(OptionalDouble.of(0), rate(1_000, 2_000, 3));
  }

  @Test
  void withoutTimeBetweenThemThereIsNoRate() {
    assertEquals(OptionalDouble.empty(), rate(1_000, 1_000, 110));
  }

  private static OptionalDouble rate(long from, long to, long evictions) {
    Bean after = Figures.server(Figures.DB, 3, 10, evictions);
    return new Rates(
            Figures.reading(from, List.of(BEFORE), List.of()),
            Figures.reading(to, List.of(after), List.of()))
        .ofServer(after, bean -> bean.sum("Evictions"));
  }
}
