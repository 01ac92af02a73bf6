package io.tenantpool.observation;

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
  private final Thread thread;
  private volatile boolean closing;

  ObservationThread(EventQueue queue, ObservationDesk desk) {
    this.queue = queue;
    this.desk = desk;
    // No inheritable thread locals, and the agent's loader: nothing of an application stays here.
    thread = new Thread(null, this::run, NAME, 0, false);
    thread.setContextClassLoader(ObservationThread.class.getClassLoader());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Lets the thread handle what is queued, take everything away and end; waits up to a second. */
  void close() {
    closing = true;
    // Never by an interrupt: it would close the log file under a write.
    queue.offer(() -> {});
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long wait = START_DELAY_NANOS;
    long pause = FIRST_PAUSE_NANOS;
    Runnable first = null;
    while (!closing) {
      try {
        first = queue.poll(wait);
        if (!closing && first != null) {
          LockSupport.parkNanos(pause);
        }
        if (closing) {
          break;
        }
        desk.step(first);
        first = null;
        wait = desk.nextStepNanos();
        pause = PAUSE_NANOS;
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread; whoever did it does not end it.
        wait = PAUSE_NANOS;
      }
    }
    desk.close(first);
  }
}
