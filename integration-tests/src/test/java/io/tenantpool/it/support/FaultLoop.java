package io.tenantpool.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one thread of a {@link FaultProxy}, and all that belongs to it.
 *
 * <p>A connection counts from the first bytes of its client on, until the client has closed it or
 * the proxy has. Before one is counted, everything is read that the others have sent: who closes
 * one and opens another afterwards is never seen with both.
 */
final class FaultLoop implements Runnable {

  private static final long ANSWER_SECONDS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final InetSocketAddress target;
  private final Selector selector;
  private final Door door;
  private final Queue<FutureTask<?>> wishes = new ConcurrentLinkedQueue<>();
  private final Thread thread;

  // All of the following belongs to the thread, the volatile counts to be read by all.
  private final Set<Link> links = new LinkedHashSet<>();
  private final List<Link> begun = new ArrayList<>();
  private final Set<Link> counted = new LinkedHashSet<>();
  private final Map<String, Weather> byDatabase = new HashMap<>();
  private Weather general = Weather.FINE;
  private boolean ended;
  private volatile int open;
  private volatile int mostAtOnce;
  private volatile int connects;

  /** Something that the thread is asked to do. */
  interface Wish<T> {
    T come() throws IOException;
  }

  FaultLoop(InetSocketAddress target) throws IOException {
    this.target = target;
    this.selector = Selector.open();
    this.door = new Door(selector);
    this.thread = new Thread(this, "fault-proxy-" + door.port());
    thread.setDaemon(true);
  }

  FaultLoop begin() {
    thread.start();
    return this;
  }

  int port() {
    return door.port();
  }

  int open() {
    return open;
  }

  int mostAtOnce() {
    return mostAtOnce;
  }

  int connects() {
    return connects;
  }

  int open(String database) {
    return ask(() -> (int) counted.stream().filter(l -> l.database().equals(database)).count());
  }

  void countAnew() {
    ask(
        () -> {
          mostAtOnce = open;
          return 0;
        });
  }

  /** All meet this weather from now on, or those of these databases alone. */
  void change(Weather weather, Door.Standing standing, String... databases) {
    ask(
        () -> {
          if (databases.length == 0) {
            general = weather;
            byDatabase.clear();
            // Who comes is to meet the new weather, and who is told that it is fine to find it so.
            door.stand(standing);
            List.copyOf(links).forEach(link -> link.meet(weather));
          } else {
            Set<String> meant = Set.of(databases);
            meant.forEach(database -> byDatabase.put(database, weather));
            List.copyOf(links).stream()
                .filter(link -> meant.contains(link.database()))
                .forEach(link -> link.meet(weather));
          }
          return 0;
        });
  }

  /** Ends the thread and every connection. */
  void end() {
    if (thread.isAlive()) {
      ask(
          () -> {
            ended = true;
            return 0;
          });
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T ask(Wish<T> wish) {
    FutureTask<T> task = new FutureTask<>(wish::come);
    wishes.add(task);
    selector.wakeup();
    try {
      return task.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the proxy was asked", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the proxy does not do what it is asked", e);
    }
  }

  @Override
  public void run() {
    try (selector;
        door) {
      while (!ended) {
        selector.select(this::handle, pauseMillis());
        countThoseThatBegan();
        if (door.isOpen()) {
          letIn();
        }
        for (FutureTask<?> wish = wishes.poll(); wish != null; wish = wishes.poll()) {
          wish.run();
        }
        long now = System.nanoTime();
        links.forEach(link -> link.send(now));
        forgetThoseThatAreOver();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      links.forEach(Link::end);
    }
  }

  private long pauseMillis() {
    long due = links.stream().mapToLong(Link::dueNanos).min().orElse(Long.MAX_VALUE);
    if (due == Long.MAX_VALUE) {
      return LONGEST_PAUSE_MILLIS;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
    return Math.max(1, Math.min(millis, LONGEST_PAUSE_MILLIS));
  }

  private void handle(SelectionKey key) {
    if (key.attachment() instanceof Link link) {
      boolean hadBegun = link.hasBegun();
      link.read((SocketChannel) key.channel(), System.nanoTime());
      if (!hadBegun && link.hasBegun()) {
        begun.add(link);
      }
    }
  }

  private void countThoseThatBegan() throws IOException {
    while (!begun.isEmpty()) {
      List<Link> now = List.copyOf(begun);
      begun.clear();
      selector.selectNow(this::handle);
      forgetThoseThatAreOver();
      for (Link link : now) {
        if (link.isSession() && !link.isOver()) {
          counted.add(link);
          connects++;
        }
      }
      open = counted.size();
      mostAtOnce = Math.max(mostAtOnce, open);
    }
  }

  private void letIn() throws IOException {
    for (SocketChannel client = door.next(); client != null; client = door.next()) {
      try {
        links.add(new Link(client, target, selector, this::weatherOf));
      } catch (IOException e) {
        // It has gone already.
        client.close();
      }
    }
  }

  private Weather weatherOf(String database) {
    Weather own = byDatabase.get(database);
    return own == null ? general : own;
  }

  private void forgetThoseThatAreOver() {
    links.removeIf(Link::isOver);
    counted.removeIf(Link::isOver);
    open = counted.size();
  }
}
