package io.tenantpool.observation.capacity;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How many borrows came at which rate: the average of a quiet night and a busy hour says nothing
 * about either. Rates are told apart in steps of an eighth. Not thread-safe.
 */
final class BorrowRates {

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Batches come in this rhythm while there is something to tell. */
  private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int STEPS_PER_OCTAVE = 6;
  private static final int OCTAVES_BELOW_ONE = 10;
  private static final int STEPS = 40 * STEPS_PER_OCTAVE;

  private final double[] borrowsAt = new double[STEPS];
  private long windowBorrows;
  private long windowStart;
  private long lastBatch;
  private boolean open;

  /** A batch of so many borrows has arrived. */
  void record(long borrows, long now) {
    if (open && now - lastBatch > WINDOW_NANOS) {
      close(lastBatch);
    }
    if (!open) {
      open = true;
      windowStart = now - BATCH_NANOS;
    }
    windowBorrows += borrows;
    lastBatch = now;
    if (now - windowStart >= WINDOW_NANOS) {
      close(now);
    }
  }

  private void close(long now) {
    if (windowBorrows > 0) {
      double seconds = Math.max(now - windowStart, BATCH_NANOS) / 1e9;
      borrowsAt[step(windowBorrows / seconds)] += windowBorrows;
    }
    windowBorrows = 0;
    open = false;
  }

  private static int step(double rate) {
    double octaves = Math.log(rate) / Math.log(2) + OCTAVES_BELOW_ONE;
    return (int) Math.max(0, Math.min(STEPS - 1, Math.round(octaves * STEPS_PER_OCTAVE)));
  }

  /** Borrows per second in the middle of a step. */
  static double rate(int step) {
    return Math.pow(2, (double) step / STEPS_PER_OCTAVE - OCTAVES_BELOW_ONE);
  }

  /** For each step the part of the borrows that came at its rate; all 0 before the first second. */
  double[] shares() {
    double all = 0;
    for (double borrows : borrowsAt) {
      all += borrows;
    }
    double[] shares = new double[STEPS];
    for (int i = 0; i < STEPS && all > 0; i++) {
      shares[i] = borrowsAt[i] / all;
    }
    return shares;
  }

  void clear() {
    Arrays.fill(borrowsAt, 0);
  }
}
