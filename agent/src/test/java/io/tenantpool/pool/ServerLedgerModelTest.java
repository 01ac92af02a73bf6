package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The invariants of {@link ServerLedger} (promises 1, 2, 4 and 6) under random legal histories. */
class ServerLedgerModelTest {

  private static final int SEEDS = 500;
  private static final int STEPS = 150;

  @Test
  void everyInvariantHoldsAfterEveryStepAndEveryWaiterIsServed() {
    long served = 0;
    long keptServed = 0;
    long changes = 0;
    long proven = 0;
    long torn = 0;
    long abandoned = 0;
    long refused = 0;
    long opened = 0;
    long yields = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      LedgerModel model = new LedgerModel(seed);
      int step = 0;
      try {
        for (; step < STEPS; step++) {
          model.step();
        }
        model.finish();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
      served += model.served;
      keptServed += model.keptServed;
      changes += model.changes;
      torn += model.torn;
      abandoned += model.abandoned;
      proven += model.servedProven();
      refused += model.refused;
      opened += model.opened;
      yields += model.yields;
    }
    assertTrue(served > SEEDS * STEPS / 10, "borrows that got a connection: " + served);
    assertTrue(changes > SEEDS / 4, "changes of the limits: " + changes);
    assertTrue(yields > SEEDS / 10, "connects that had to yield: " + yields);
    assertTrue(torn > SEEDS, "repairs: " + torn);
    assertTrue(abandoned > SEEDS / 2, "slots that were left: " + abandoned);
    assertTrue(proven > SEEDS / 10, "sessions lent to proven credentials: " + proven);
    assertTrue(refused > SEEDS / 10, "waiters told what others met: " + refused);
    assertTrue(opened > SEEDS, "steps with an open circuit: " + opened);
    assertTrue(keptServed > SEEDS, "sessions lent as they were: " + keptServed);
  }
}
