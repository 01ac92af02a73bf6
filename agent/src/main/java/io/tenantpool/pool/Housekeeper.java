package io.tenantpool.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pool's own thread: retires connections, hands samples to the listener, and starts the reset
 * workers. It is started with the agent, so that neither it nor the threads that it starts inherit
 * anything from a thread of the application: no context class loader, no access control context, no
 * thread local.
 */
final class Housekeeper {

  private static final long PERIOD_MILLIS = 100;
  private static final int ROUNDS_BETWEEN_EXPIRIES = 10;

  /** A program that makes pools without end does not fill the memory with second looks. */
  private static final int MOST_SECOND_LOOKS = 1000;

  private final Collection<ServerPool> servers;
  private final LinkedBlockingQueue<Runnable> errands = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Runnable> secondLooks =
      new LinkedBlockingQueue<>(MOST_SECOND_LOOKS);

  /** Second looks that have waited for a second at least; the housekeeper's own. */
  private final List<Runnable> due = new ArrayList<>();

  private volatile boolean stopped;
  private @Nullable Thread thread;

  Housekeeper(Collection<ServerPool> servers) {
    this.servers = servers;
  }

  synchronized void start() {
    if (thread == null) {
      thread = daemon(this::run, "tenant-pool-housekeeper");
      thread.start();
    }
  }

  /** Has a worker started by the housekeeper's thread. */
  void employ(ResetWorker worker, String server) {
    errands.add(() -> daemon(worker, "tenant-pool-reset " + server).start());
  }

  /** Has the thread started that ends what takes too long. */
  void employ(Deadlines deadlines) {
    errands.add(
        () -> {
          boolean started = false;
          try {
            daemon(deadlines, "tenant-pool-deadlines").start();
            started = true;
          } finally {
            if (!started) {
              deadlines.notStarted();
              lookAgain(deadlines::ensureThread);
            }
          }
        });
  }

  /** Does that in a second or two, once there is a server. */
  void lookAgain(Runnable look) {
    boolean hasRoom = secondLooks.offer(look);
    if (!hasRoom) {
      look.run();
    }
  }

  synchronized void stop() {
    stopped = true;
    errands.add(() -> {});
  }

  private void run() {
    for (long round = 0; !stopped; round++) {
      try {
        Runnable errand =
            servers.isEmpty() ? errands.take() : errands.poll(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        if (errand != null) {
          errand.run();
        }
        keep(round % ROUNDS_BETWEEN_EXPIRIES == 0);
      } catch (InterruptedException e) {
        return;
      }
    }
    // Workers that nobody has started yet have connections to close.
    for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
      errand.run();
    }
    keep(false);
  }

  private void keep(boolean expire) {
    if (expire) {
      lookAgainNow();
    }
    for (ServerPool server : servers) {
      server.recovery().run();
      server.publishSamples();
      if (expire) {
        server.operations().expire();
        server.operations().watch();
      }
    }
  }

  /** Looks at what was there at the last call already. */
  void lookAgainNow() {
    due.forEach(Runnable::run);
    due.clear();
    secondLooks.drainTo(due);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }
}
