package io.tenantpool.it.outages;

import static io.tenantpool.it.outages.Sight.Figure.ACTIVE;
import static io.tenantpool.it.outages.Sight.Figure.BACK;
import static io.tenantpool.it.outages.Sight.Figure.BORROWS;
import static io.tenantpool.it.outages.Sight.Figure.FAILED;
import static io.tenantpool.it.outages.Sight.Figure.FAILED_LATER;
import static io.tenantpool.it.outages.Sight.Figure.FAILED_OF_OTHER;
import static io.tenantpool.it.outages.Sight.Figure.HANGING;
import static io.tenantpool.it.outages.Sight.Figure.HELD;
import static io.tenantpool.it.outages.Sight.Figure.HICCUP;
import static io.tenantpool.it.outages.Sight.Figure.SOCKETS;
import static io.tenantpool.it.outages.Sight.Figure.UNITS;
import static io.tenantpool.it.outages.Sight.Figure.WORST_GET;
import static io.tenantpool.it.outages.Sight.Figure.WORST_GET_OF_OTHER;
import static io.tenantpool.it.outages.Sight.Figure.WORST_UNIT;
import static io.tenantpool.it.outages.Sight.Figure.WRONG;

import io.tenantpool.it.support.FaultProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * One way of an application through one outage, behind a proxy of its own. Units of work come at
 * their times, whether the earlier ones are done or not, so that as many come with the agent as
 * without.
 */
final class Load implements AutoCloseable {

  private static final long BETWEEN_UNITS_NANOS = 150_000_000;
  private static final long PAUSE_NANOS = 5_000_000;
  private static final long FIRST_ONE_MILLIS = 30_000;
  private static final long LAST_ONE_MILLIS = 6_000;
  private static final long HOLDING_MILLIS = 4_000;

  /** Later than anything here. */
  private static final long FOREVER = System.nanoTime() + TimeUnit.HOURS.toNanos(1);

  private static final long SECOND_NANOS = 1_000_000_000;

  private final FaultProxy proxy;
  private final List<String> databases;
  private final Way.Source source;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "unit");
            thread.setDaemon(true);
            return thread;
          });
  private final Queue<Unit> units = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile boolean over;
  private long beginNanos;
  private long endNanos;

  Load(Way way, FaultProxy proxy, List<String> databases, String user, String password)
      throws Exception {
    this.proxy = proxy;
    this.databases = databases;
    this.source = way.open(databases.stream().map(proxy::url).toList(), user, password);
  }

  /** Every tenant is served once, and then from time to time. */
  void begin() {
    for (int tenant = 0; tenant < databases.size(); tenant++) {
      if (untilServed(tenant, FIRST_ONE_MILLIS).hasFailed()) {
        throw new IllegalStateException("nobody is served, and all is well");
      }
    }
    threads.execute(
        () -> {
          long next = System.nanoTime();
          while (!over) {
            int number = numbers.get();
            threads.execute(unit(number % databases.size()));
            next += BETWEEN_UNITS_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
          }
        });
  }

  private Unit unit(int tenant) {
    Unit unit = new Unit(source, tenant, databases.get(tenant), numbers.incrementAndGet());
    units.add(unit);
    return unit;
  }

  private Unit untilServed(int tenant, long millis) {
    long last = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    Unit unit = unit(tenant);
    unit.run();
    while (unit.hasFailed() && System.nanoTime() - last < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
      unit = unit(tenant);
      unit.run();
    }
    return unit;
  }

  void meet(Outage outage) {
    outage.begin(proxy, databases.get(0));
    beginNanos = System.nanoTime();
  }

  /** All is well again; how long it takes until every tenant has been served. */
  long recover() throws Exception {
    endNanos = System.nanoTime();
    proxy.whenAllIsWell();
    List<Future<Unit>> served = new ArrayList<>();
    for (int tenant = 0; tenant < databases.size(); tenant++) {
      int which = tenant;
      served.add(threads.submit(() -> untilServed(which, LAST_ONE_MILLIS)));
    }
    long last = endNanos;
    for (Future<Unit> each : served) {
      last = Math.max(last, each.get().endedNanos());
    }
    return TimeUnit.NANOSECONDS.toMillis(last - endNanos);
  }

  /** Nobody comes any more; those who came have some seconds to end. */
  void stop() {
    over = true;
    long last = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_ONE_MILLIS);
    while (!units.stream().allMatch(Unit::isOver) && System.nanoTime() - last < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** How many connections can be held at once. */
  int hold() throws InterruptedException {
    int wanted = databases.size() * Way.POOL_SIZE;
    CountDownLatch all = new CountDownLatch(wanted);
    CountDownLatch ended = new CountDownLatch(wanted);
    long last = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HOLDING_MILLIS);
    for (int i = 0; i < wanted; i++) {
      int tenant = i % databases.size();
      threads.execute(
          () -> {
            hold(tenant, all, last);
            ended.countDown();
          });
    }
    ended.await(2 * HOLDING_MILLIS, TimeUnit.MILLISECONDS);
    return wanted - (int) all.getCount();
  }

  private void hold(int tenant, CountDownLatch all, long lastNanos) {
    while (System.nanoTime() - lastNanos < 0) {
      try (Connection connection = source.get(tenant)) {
        if (connection.isValid(1)) {
          all.countDown();
          all.await(lastNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
          return;
        }
      } catch (SQLException e) {
        // It may be one that the outage has broken; there is still time.
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  Sight sight(long backMillis, int held, long hiccupMillis) throws Exception {
    source.close();
    Sight sight = new Sight();
    long late = endNanos + SECOND_NANOS;
    sight
        .put(UNITS, units.size())
        .put(FAILED, failed(0, beginNanos, endNanos))
        .put(FAILED_OF_OTHER, failed(1, beginNanos, endNanos))
        .put(FAILED_LATER, failed(0, late, FOREVER) + failed(1, late, FOREVER))
        .put(HANGING, count(unit -> !unit.isOver()))
        .put(WRONG, count(Unit::isWrong))
        .put(WORST_GET, worst(0, Unit::getMillis))
        .put(WORST_GET_OF_OTHER, worst(1, Unit::getMillis))
        .put(WORST_UNIT, Math.max(worst(0, Unit::millis), worst(1, Unit::millis)))
        .put(BACK, backMillis)
        .put(SOCKETS, proxy.mostAtOnce())
        .put(HELD, held)
        .put(HICCUP, hiccupMillis);
    ServerBean bean = new ServerBean(proxy.port());
    sight.put(BORROWS, bean.number("Borrows")).put(ACTIVE, bean.untilNone("Active"));
    units.stream().map(Unit::failure).filter(text -> !text.isEmpty()).forEach(sight::add);
    return sight;
  }

  private long failed(int tenant, long from, long to) {
    return count(
        unit -> unit.tenant() == tenant && unit.hasFailed() && unit.begunBetween(from, to));
  }

  private long count(Predicate<Unit> which) {
    return units.stream().filter(which).count();
  }

  private long worst(int tenant, ToLongFunction<Unit> millis) {
    return units.stream()
        .filter(unit -> unit.tenant() == tenant && unit.begunBetween(beginNanos, FOREVER))
        .mapToLong(millis)
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
