package io.tenantpool.pool;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done outside the lock because of decisions inside it: threads to wake, news for the
 * listener. Filled under the server's lock; emptied by whoever has just given the lock back.
 *
 * <p>News keep their order, for a tenant that went and came back must not be told the other way
 * round: one thread at a time tells them, and goes on until none is left; others leave theirs to
 * it.
 */
final class Outbox {

  /** Something for the listener. */
  private interface News {
    void tell(PoolListener listener, String server);
  }

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
    tell((listener, server) -> listener.tenantLive(server, tenant));
  }

  void tenantDormant(String tenant) {
    tell((listener, server) -> listener.tenantDormant(server, tenant));
  }

  void budgetExhausted(int budget, int waiting) {
    tell((listener, server) -> listener.budgetExhausted(server, budget, waiting));
  }

  void lastConnectionLent(String tenant, int waiting) {
    tell((listener, server) -> listener.lastConnectionLent(server, tenant, waiting));
  }

  /** Of a tenant, or of the server for an empty name. */
  void circuit(String tenant, CircuitState state, int failures, @Nullable SQLException last) {
    tell((listener, server) -> listener.circuit(server, tenant, state, failures, last));
  }

  void budgetLowered(int configured, int allowed) {
    tell((listener, server) -> listener.budgetLowered(server, configured, allowed));
  }

  void budgetRaised(int configured, int allowed) {
    tell((listener, server) -> listener.budgetRaised(server, configured, allowed));
  }

  void neighboursFound(int budget, int left) {
    tell((listener, server) -> listener.neighboursFound(server, budget, left));
  }

  void neighboursGone(int budget) {
    tell((listener, server) -> listener.neighboursGone(server, budget));
  }

  private void tell(News item) {
    news.add(item);
    filled = true;
  }

  /** Wakes and tells. */
  void deliver(String server, Ticker ticker, Herald herald) {
    if (!filled) {
      return;
    }
    filled = false;
    for (Waiter waiter = woken.poll(); waiter != null; waiter = woken.poll()) {
      // A thread looks before it parks. One that woke itself and then need not park would take the
      // permit along, and return at once from the application's next park.
      if (waiter.thread() != Thread.currentThread()) {
        ticker.unpark(waiter.thread());
      }
    }
    if (news.isEmpty() || tellers.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      for (News item = news.poll(); item != null; item = news.poll()) {
        News told = item;
        herald.tell(listener -> told.tell(listener, server));
      }
      seen = tellers.addAndGet(-seen);
    } while (seen != 0);
  }
}
