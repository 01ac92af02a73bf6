package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No decision under the server's lock looks at every connection, tenant or waiter: sixteen times as
 * many make it hardly more work. Counted in steps, not in time.
 */
class LedgerWorkTest {

  private static final int FEW = 250;
  private static final int MANY = 16 * FEW;

  @ParameterizedTest
  @ValueSource(
      classes = {
        LedgerWork.EnqueueingBehindOwn.class,
        LedgerWork.ReturningToSignalled.class,
        LedgerWork.ReturningBesideCandidates.class,
        LedgerWork.LoweringTheBudget.class,
        LedgerWork.FindingAVictim.class,
        LedgerWork.ReplacingTheRarest.class,
        LedgerWork.EndingAReset.class,
        LedgerWork.TakingOverADoomedOne.class
      })
  void sixteenTimesAsManyMakeOneStepHardlyDearer(Class<?> situation) throws Exception {
    long few = steps(situation, FEW);
    long many = steps(situation, MANY);
    assertTrue(few > 0, "nothing was counted");
    assertTrue(many <= 2 * few, () -> few + " steps with " + FEW + ", " + many + " with " + MANY);
  }

  /** In classes of its own, so that only what is done there is counted. */
  @SuppressWarnings("unchecked")
  private static long steps(Class<?> situation, int size) throws Exception {
    Class<?> counted = new StepCountingLoader().loadClass(situation.getName());
    LongSupplier meter = () -> StepCountingLoader.Steps.count;
    return ((ToLongFunction<LongSupplier>) counted.getConstructor(Integer.class).newInstance(size))
        .applyAsLong(meter);
  }
}
