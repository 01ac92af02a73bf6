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

  @Override
  public void lock() {
    Headroom.forStep();
    super.lock();
  }

  @Override
  public void unlock() {
    super.unlock();
    outbox.deliver(server, ticker, herald);
  }
}
