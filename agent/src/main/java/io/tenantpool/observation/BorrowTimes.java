package io.tenantpool.observation;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.IntCountsHistogram;

/**
 * The distribution of the borrow times of one server or tenant since it was first shown or last
 * reset: two significant digits, from 64 ns to ten minutes, some 7 KB.
 */
final class BorrowTimes {

  private static final long FINEST_NANOS = 100;
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 2;

  @GuardedBy("this")
  private final IntCountsHistogram nanos =
      new IntCountsHistogram(FINEST_NANOS, 2 * FINEST_NANOS, DIGITS);

  BorrowTimes() {
    nanos.setAutoResize(true);
  }

  synchronized void record(long borrowNanos) {
    if (nanos.getTotalCount() == Integer.MAX_VALUE) {
      // One more could overflow a count. Two thousand million samples are no loss.
      nanos.reset();
    }
    nanos.recordValue(Math.max(0, Math.min(borrowNanos, LONGEST_NANOS)));
  }

  /** Microseconds that {@code percentile} per cent of the borrows did not exceed; 0 without any. */
  synchronized double micros(double percentile) {
    return nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(percentile) / 1000.0;
  }

  synchronized void reset() {
    nanos.reset();
  }
}
