package io.tenantpool.observation.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.EvictionOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class WaitingTest {

  private static final double MILLI = 1e6;

  private static WaitingEstimate.Waiting under(
      int cap, int concurrency, int capInForce, double[] rates) {
    ReuseDistances distances = new ReuseDistances(100);
    for (int i = 0; i < concurrency; i++) {
      distances.borrowed("tenant");
    }
    Conditions conditions = new Conditions(capInForce, 0, (long) (1000 * MILLI), EvictionOrder.LRU);
    return new WaitingEstimate(distances.tally(), 10 * MILLI, 0, rates, conditions).under(cap, 0);
  }

  private static double[] allAt(double borrowsPerSecond) {
    BorrowRates rates = new BorrowRates();
    long second = 1_000_000_000;
    for (int i = 0; i < 60; i++) {
      rates.record(Math.round(borrowsPerSecond / 10), second + i * second / 10);
    }
    return rates.shares();
  }

  @Test
  void erlangsTablesAgree() {
    assertEquals(0.5, ErlangC.waiting(1, 0.5), 1e-9);
    assertEquals(1 / 3.0, ErlangC.waiting(2, 1), 1e-9);
    assertEquals(0.4092, ErlangC.waiting(10, 8), 1e-4);
    assertEquals(1, ErlangC.waiting(4, 4));
    assertEquals(0, ErlangC.waiting(5, 0));
  }

  @Test
  void nobodyWaitsUnderACapThatIsNeverFull() {
    WaitingEstimate.Waiting waiting = under(8, 8, 100, new double[0]);
    assertEquals(0, waiting.ratio());
    assertEquals(0, waiting.nanos());
  }

  @Test
  void whoFindsTheCapFullStandsInALineThatMovesWithEachReturn() {
    // Of eight borrows two find six or seven leases: first and second of a line of six connections.
    WaitingEstimate.Waiting waiting = under(6, 8, 100, new double[0]);
    assertEquals(0.25, waiting.ratio(), 1e-9);
    assertEquals((1 + 2) * 10 * MILLI / 6 / 8, waiting.nanos(), 1);
  }

  @Test
  void connectsThatACapWouldCauseMakeTheLineLonger() {
    ReuseDistances distances = new ReuseDistances(100);
    for (int i = 0; i < 8; i++) {
      distances.borrowed("tenant");
    }
    Conditions slow =
        new Conditions(100, (long) (30 * MILLI), (long) (1000 * MILLI), EvictionOrder.LRU);
    WaitingEstimate estimate =
        new WaitingEstimate(distances.tally(), 10 * MILLI, 0, new double[0], slow);
    assertEquals(0, estimate.under(8, 0).ratio());
    assertTrue(estimate.under(8, 0.5).ratio() > 0.25);
  }

  @Test
  void theRateDecidesWhereTheCapMayHaveHiddenTheNeed() {
    double[] rates = allAt(780);
    assertTrue(under(8, 8, 8, rates).ratio() > 0.8);
    assertTrue(under(10, 8, 8, rates).ratio() > 0.1);
    assertTrue(under(20, 8, 8, rates).ratio() < 0.01);
    assertEquals(0, under(10, 8, 100, rates).ratio());
  }

  @Test
  void moreWorkThanTheCapCanDoWaitsForTheTimeout() {
    WaitingEstimate.Waiting waiting = under(4, 8, 8, allAt(780));
    assertEquals(1, waiting.ratio(), 1e-9);
    assertEquals(1000 * MILLI, waiting.nanos(), MILLI);
  }

  @Test
  void ratesAreThoseOfBusyTimesHoweverLongNothingHappens() {
    BorrowRates rates = new BorrowRates();
    long second = 1_000_000_000;
    for (int burst = 0; burst < 5; burst++) {
      for (int i = 0; i < 11; i++) {
        rates.record(100, (1 + burst * 3600L) * second + i * second / 10);
      }
    }
    double[] shares = rates.shares();
    assertEquals(1, Arrays.stream(shares).sum(), 1e-9);
    for (int step = 0; step < shares.length; step++) {
      if (shares[step] > 0) {
        assertEquals(1000, BorrowRates.rate(step), 150);
      }
    }
  }
}
