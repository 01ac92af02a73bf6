package io.tenantpool.pool;

import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What is to be done outside the lock because of decisions inside it: threads to wake, news for the
 * listener. Filled under the server's lock; emptied by whoever has just given the lock back.
 */
final class Outbox {

  private record News(String tenant, boolean live) {}

  private final ConcurrentLinkedQueue<Waiter> woken = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<News> news = new ConcurrentLinkedQueue<>();

  /** Most steps leave nothing to do: then one look suffices. */
  private volatile boolean filled;

  void wake(Waiter waiter) {
    woken.add(waiter);
    filled = true;
  }

  void tenantLive(String tenant) {
    news.add(new News(tenant, true));
    filled = true;
  }

  void tenantDormant(String tenant) {
    news.add(new News(tenant, false));
    filled = true;
  }

  /** Wakes and tells. */
  void deliver(String server, Ticker ticker, PoolListener listener) {
    if (!filled) {
      return;
    }
    filled = false;
    for (Waiter waiter = woken.poll(); waiter != null; waiter = woken.poll()) {
      ticker.unpark(waiter.thread());
    }
    for (News item = news.poll(); item != null; item = news.poll()) {
      if (item.live()) {
        listener.tenantLive(server, item.tenant());
      } else {
        listener.tenantDormant(server, item.tenant());
      }
    }
  }
}
