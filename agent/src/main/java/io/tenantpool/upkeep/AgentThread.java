package io.tenantpool.upkeep;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the agent that works in rounds. Whatever a round throws is reported, and the next
 * round follows, after a pause that doubles while rounds go on failing. A thread that dies all the
 * same, or that could not be started, is {@linkplain #ensure started again} by another one of
 * {@link AgentThreads}. A daemon that inherits nothing: no thread locals, no context class loader.
 */
public final class AgentThread {

  private static final long FIRST_PAUSE_NANOS = 10_000_000;
  private static final int MOST_DOUBLINGS = 9;

  /** What a thread does again and again. */
  @FunctionalInterface
  public interface Round {

    /**
     * Once; false when there is no next round.
     *
     * @throws InterruptedException somebody interrupted the thread, which ends nothing
     */
    boolean run() throws InterruptedException;
  }

  private final AgentThreads all;
  private final String name;
  private final Round round;
  private final AtomicBoolean starting = new AtomicBoolean();
  private volatile @Nullable Thread thread;
  private volatile @Nullable Throwable death;
  private volatile boolean ran;
  private volatile boolean wanted;
  private volatile boolean ended;
  private volatile boolean hurried;

  AgentThread(AgentThreads all, String name, Round round) {
    this.all = all;
    this.name = name;
    this.round = round;
  }

  /** Starts it; where that is not possible now, it is tried again later. Never throws. */
  public void start() {
    wanted = true;
    ensure();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  /** Whether it was started and its last round is over. */
  public boolean hasEnded() {
    return ended;
  }

  /** Sees to it that the thread runs if it is to. Never throws. */
  public void ensure() {
    if (!wanted || ended || isAlive() || !starting.compareAndSet(false, true)) {
      return;
    }
    try {
      if (!ended && !isAlive()) {
        if (ran) {
          Throwable reason = death;
          all.faults()
              .report(
                  FaultKind.THREAD,
                  "a thread died and is replaced",
                  name,
                  reason == null ? new IllegalStateException("nobody knows of what") : reason);
          ran = false;
          death = null;
        }
        Thread started = new Thread(null, this::rounds, name, 0, false);
        started.setDaemon(true);
        started.setContextClassLoader(AgentThread.class.getClassLoader());
        started.setUncaughtExceptionHandler((dead, failure) -> death = failure);
        // Known before it runs, so that there are never two.
        thread = started;
        started.start();
      }
    } catch (Throwable failure) {
      all.faults()
          .report(
              FaultKind.THREAD, "a thread could not be started; it is tried again", name, failure);
    } finally {
      starting.set(false);
    }
  }

  private void rounds() {
    ran = true;
    int failures = 0;
    Throwable unsaid = null;
    while (!ended) {
      try {
        if (unsaid != null) {
          Throwable failure = unsaid;
          unsaid = null;
          all.faults()
              .report(FaultKind.THREAD, "a round of a thread failed; it goes on", name, failure);
          pause(FIRST_PAUSE_NANOS << Math.min(failures - 1, MOST_DOUBLINGS));
        }
        // With the flag up no thread parks.
        boolean ignored = Thread.interrupted();
        ended = !round.run();
        failures = 0;
        all.look();
      } catch (InterruptedException nobodyShould) {
        // Whoever did it does not end it.
      } catch (Throwable failure) {
        // Nothing else here: what is thrown here ends the thread.
        unsaid = failure;
        failures++;
      }
    }
  }

  private void pause(long nanos) {
    long end = all.nanos() + nanos;
    for (long left = nanos; left > 0 && !hurried; left = end - all.nanos()) {
      LockSupport.parkNanos(this, left);
      boolean ignored = Thread.interrupted();
    }
  }

  /** Wakes it if it is parked. */
  public void unpark() {
    LockSupport.unpark(thread);
  }

  /** Lets it pause no more between failed rounds, for it is to end. */
  public void hurry() {
    hurried = true;
    unpark();
  }

  /** Waits until it has ended; false when it has not in that time. */
  public boolean join(long millis) {
    Thread running = thread;
    if (running != null) {
      try {
        running.join(Math.max(1, millis));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return running == null || !running.isAlive();
  }
}
