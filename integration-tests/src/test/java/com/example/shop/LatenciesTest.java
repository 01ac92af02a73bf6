package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void quantilesOfAThousandLatenciesAreExactToAThirtySecond() {
    Latencies latencies = new Latencies();
    for (int millis = 1; millis <= 1000; millis++) {
      latencies.add(millis * 1_000_000L);
    }
    assertNear(500_000_000L, latencies.quantile(0.5));
    assertNear(990_000_000L, latencies.quantile(0.99));
    assertNear(1_000_000_000L, latencies.quantile(1));
  }

  @Test
  void nothingMeasuredIsZero() {
    assertEquals(0, new Latencies().quantile(0.99));
  }

  @Test
  void theShortestAndTheLongestTimeHaveTheirPlace() {
    Latencies latencies = new Latencies();
    latencies.add(0);
    latencies.add(Long.MAX_VALUE);
    assertTrue(latencies.quantile(0.5) <= 1);
    assertNear(Long.MAX_VALUE, latencies.quantile(1));
  }

  private static void assertNear(long expected, long actual) {
    assertEquals(expected, actual, expected / 32.0);
  }
}
