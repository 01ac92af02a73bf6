package io.tenantpool.pool;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is to be done outside the lock because of decisions inside it: threads to wake, news for the
 * listener. Filled under the server's lock; emptied by whoever has just given the lock back.
 *
 * <p>News keep their order, for a tenant that went and came back must not be told the other way
 * round: one thread at a time tells them, and goes on until none is left; others leave theirs to
 * it.
 */
final class Outbox {

  private record News(String tenant, boolean live) {}

  private final ConcurrentLinkedQueue<Waiter> woken = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<News> news = new ConcurrentLinkedQueue<>();
  private final AtomicInteger tellers = new AtomicInteger();

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
  void deliver(String server, Ticker ticker, Herald herald) {
    if (!filled) {
      return;
    }
    filled = false;
    for (Waiter waiter = woken.poll(); waiter != null; waiter = woken.poll()) {
      ticker.unpark(waiter.thread());
    }
    if (news.isEmpty() || tellers.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      for (News item = news.poll(); item != null; item = news.poll()) {
        tell(item, server, herald);
      }
      seen = tellers.addAndGet(-seen);
    } while (seen != 0);
  }

  private static void tell(News item, String server, Herald herald) {
    herald.tell(
        listener -> {
          if (item.live()) {
            listener.tenantLive(server, item.tenant());
          } else {
            listener.tenantDormant(server, item.tenant());
          }
        });
  }
}
