package io.tenantpool.pool;

import io.tenantpool.upkeep.AgentThread;
import io.tenantpool.upkeep.AgentThreads;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Inbox;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The pool's own thread: retires connections, hands samples to the listener, and sees to it that
 * each server's reset worker has a thread. It is started with the agent, so that neither it nor the
 * threads that it starts inherit anything from a thread of the application: no context class
 * loader, no access control context, no thread local. What fails for one server, or one look, keeps
 * nothing else back.
 */
final class Housekeeper {

  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long WITHOUT_SERVER_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int ROUNDS_BETWEEN_EXPIRIES = 10;

  /** A program that makes pools without end does not fill the memory with second looks. */
  private static final int MOST_SECOND_LOOKS = 1000;

  private final Collection<ServerPool> servers;
  private final AgentThreads threads;
  private final AgentThread thread;
  private final Inbox<Runnable> secondLooks = new Inbox<>(MOST_SECOND_LOOKS);

  /** Second looks that have waited for a second at least; the housekeeper's own. */
  private final ArrayDeque<Runnable> due = new ArrayDeque<>();

  private volatile @Nullable Deadlines deadlines;

  /** The housekeeper's own. */
  private @Nullable AgentThread deadlineThread;

  private long rounds;
  private volatile boolean stopped;

  Housekeeper(Collection<ServerPool> servers, AgentThreads threads) {
    this.servers = servers;
    this.threads = threads;
    this.thread = threads.thread("tenant-pool-housekeeper", this::round);
  }

  void start() {
    thread.start();
  }

  /** There is a new server, whose worker needs a thread. */
  void wake() {
    thread.unpark();
  }

  /** Has the thread started that ends what takes too long, and looks that it is there. */
  void employ(Deadlines wanted) {
    deadlines = wanted;
    wake();
  }

  private void watchDeadlines() {
    Deadlines wanted = deadlines;
    if (wanted != null && wanted.isRunning()) {
      AgentThread employed = deadlineThread;
      if (employed == null || employed.hasEnded()) {
        employed = threads.unwatched("tenant-pool-deadlines", wanted::turn);
        deadlineThread = employed;
      }
      employed.start();
    }
  }

  /** Does that in a second or two, once there is a server. */
  void lookAgain(Runnable look) {
    boolean hasRoom = secondLooks.offer(look);
    if (!hasRoom) {
      look.run();
    }
  }

  void stop() {
    stopped = true;
    thread.hurry();
  }

  private boolean round() {
    if (!stopped) {
      LockSupport.parkNanos(this, servers.isEmpty() ? WITHOUT_SERVER_NANOS : PERIOD_NANOS);
    }
    if (stopped) {
      // Workers that nobody has started yet have connections to close.
      keep(false);
      return false;
    }
    keep(rounds++ % ROUNDS_BETWEEN_EXPIRIES == 0);
    return true;
  }

  private void keep(boolean expire) {
    watchDeadlines();
    if (expire) {
      lookAgainNow();
    }
    for (ServerPool server : servers) {
      try {
        keep(server, expire);
      } catch (Throwable failure) {
        server.herald().failed("a server was not looked after; it is tried again", failure);
      }
    }
  }

  private void keep(ServerPool server, boolean expire) {
    server.recovery().run();
    server.worker().employ(threads, server.name());
    server.publishSamples();
    if (expire) {
      server.operations().expire();
      server.operations().watch();
    }
  }

  /** Looks at what was there at the last call already. */
  void lookAgainNow() {
    for (Runnable look = due.poll(); look != null; look = due.poll()) {
      try {
        look.run();
      } catch (Throwable failure) {
        threads.faults().report(FaultKind.POOL, "a second look failed", failure);
      }
    }
    for (Runnable look = secondLooks.poll(); look != null; look = secondLooks.poll()) {
      due.add(look);
    }
  }
}
