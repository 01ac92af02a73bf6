package io.tenantpool.pool;

import io.tenantpool.connection.Headroom;

/**
 * The lock of one server: whoever gives it back delivers what was decided for others meanwhile, so
 * that nobody can forget to. Neither threads are woken nor listeners told before it is free. A
 * stack that is too short for a step under it overflows before the lock is taken.
 */
final class ServerLock extends Mutex {

  private static final int BACK_OFF_ROUNDS = 2;
  private static final int BACK_OFF_SPINS = 300;

  /** More than as many runnable threads as share a processor on a busy machine. */
  private static final int YIELDS = 64;

  private final String server;
  private final Ticker ticker;
  private final Herald herald;
  private final Outbox outbox;

  ServerLock(String server, Ticker ticker, Herald herald, Outbox outbox) {
    this.server = server;
    this.ticker = ticker;
    this.herald = herald;
    this.outbox = outbox;
  }

  /**
   * Like {@link #tryLock}, but keeps away from a lock that is taken, for a moment in which its
   * holder can come back several times: what costs most is to move everything that the lock guards
   * from one processor's cache to another's.
   */
  boolean tryLockSoon() {
    Headroom.forStep();
    return tryLock() || backOff();
  }

  private boolean backOff() {
    for (int round = 0; round < BACK_OFF_ROUNDS; round++) {
      for (int i = 0; i < BACK_OFF_SPINS; i++) {
        Thread.onSpinWait();
      }
      if (tryLock()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whoever finds the lock taken for longer than a step takes lets others run for a while before it
   * parks: its holder has lost the processor, most likely. Where more threads want to run than
   * there are processors, one that parks is woken a time slice or more after the lock was given
   * back, and so is the one behind it: a queue before the lock, once it is there, would stay,
   * though the lock is free nearly all the time.
   */
  @Override
  public void lock() {
    Headroom.forStep();
    for (int i = 0; i < YIELDS; i++) {
      if (tryLock()) {
        return;
      }
      Thread.yield();
    }
    super.lock();
  }

  @Override
  public void unlock() {
    super.unlock();
    outbox.deliver(server, ticker, herald);
  }
}
