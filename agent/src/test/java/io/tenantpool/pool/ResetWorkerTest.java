package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.upkeep.Upkeep;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** No wake-up is lost. */
class ResetWorkerTest {

  /** Somebody who brought work earlier wakes the worker while it waits for the server's lock. */
  private static final class Contended implements ResetWorker.Work {

    final AtomicReference<ResetWorker> worker = new AtomicReference<>();
    final CountDownLatch aboutToPark = new CountDownLatch(1);
    final CountDownLatch done = new CountDownLatch(1);
    volatile boolean hasWork;

    @Override
    public boolean work() {
      if (hasWork) {
        done.countDown();
      }
      return false;
    }

    @Override
    public boolean hasWork() {
      boolean answer = hasWork;
      if (aboutToPark.getCount() > 0) {
        Objects.requireNonNull(worker.get()).wake();
        // As the wait for a lock does: the permit of that wake-up is gone.
        LockSupport.park(this);
        aboutToPark.countDown();
      }
      return answer;
    }

    @Override
    public boolean isEmpty() {
      return false;
    }
  }

  @Test
  void aWakeUpThatComesDuringTheLastLookIsNotLost() throws InterruptedException {
    Contended pool = new Contended();
    ResetWorker worker = new ResetWorker(pool);
    pool.worker.set(worker);
    Thread thread = Upkeep.rounds(worker::round);
    thread.start();
    assertTrue(pool.aboutToPark.await(10, TimeUnit.SECONDS));
    pool.hasWork = true;
    worker.wake();
    assertTrue(pool.done.await(10, TimeUnit.SECONDS));
    worker.stop();
  }

  @Test
  void itsThreadEndsWhenThereHasBeenNoConnectionForLong() throws Exception {
    boolean[] empty = {false};
    int[] rounds = {0};
    ResetWorker worker =
        new ResetWorker(
            new ResetWorker.Work() {
              @Override
              public boolean work() {
                return false;
              }

              @Override
              public boolean hasWork() {
                empty[0] = rounds[0] > 50;
                return false;
              }

              @Override
              public boolean isEmpty() {
                return empty[0];
              }
            },
            1);
    while (worker.round()) {
      rounds[0]++;
      assertTrue(rounds[0] < 1000, "no end");
    }
    assertTrue(rounds[0] > 50, "not while there is one");
  }
}
