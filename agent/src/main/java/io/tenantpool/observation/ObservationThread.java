package io.tenantpool.observation;

import io.tenantpool.upkeep.AgentThread;
import io.tenantpool.upkeep.AgentThreads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread of observation. It sleeps until there is something to observe, then works in steps
 * with a pause between them, so that a burst of events is one piece of work.
 */
final class ObservationThread {

  static final String NAME = "tenant-pool-observation";

  private static final long START_DELAY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A program that ends sooner than this after its first connection pays nothing for JMX. */
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long CLOSE_MILLIS = 1000;

  private final EventQueue queue;
  private final ObservationDesk desk;
  private final AgentThread thread;
  private volatile boolean closing;

  /** The thread's own, the next one's if it dies. */
  private long wait = START_DELAY_NANOS;

  private long pause = FIRST_PAUSE_NANOS;

  ObservationThread(EventQueue queue, ObservationDesk desk, AgentThreads threads) {
    this.queue = queue;
    this.desk = desk;
    this.thread = threads.thread(NAME, this::round);
  }

  void start() {
    thread.start();
  }

  /**
   * Lets the thread, which is started if it was not, handle what is queued, take everything away
   * and end; waits up to a second, whatever that thread waits for itself.
   */
  void close() {
    closing = true;
    // Never by an interrupt: it would close the log file under a write.
    thread.start();
    thread.hurry();
    thread.join(CLOSE_MILLIS);
  }

  private boolean round() {
    if (!closing) {
      queue.await(wait);
      if (!closing && !queue.isEmpty()) {
        LockSupport.parkNanos(pause);
      }
    }
    if (closing) {
      desk.close();
      return false;
    }
    desk.step();
    wait = desk.nextStepNanos();
    pause = PAUSE_NANOS;
    return true;
  }
}
