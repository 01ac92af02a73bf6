package io.tenantpool.pool;

import io.tenantpool.simulation.SimulatedThread;
import io.tenantpool.simulation.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is inside the pool just now, and what it has lent to whom: the application's own account. */
final class SimulatedCalls {

  /** One borrow that has not ended yet. */
  static final class Call {
    final SimulatedThread thread;
    final String tenant;
    private final long begin;
    private final long ownLimit;
    private final long stalledBefore;
    private final long elsewhereBefore;
    private long acquireNanos;

    /** Until when somebody else wants it to end. */
    private long calledOff = Long.MAX_VALUE / 2;

    Call(SimulatedThread thread, String tenant, long begin, long ownLimit, long acquireNanos) {
      this.thread = thread;
      this.tenant = tenant;
      this.begin = begin;
      this.ownLimit = ownLimit;
      this.acquireNanos = acquireNanos;
      stalledBefore = thread.stalled();
      elsewhereBefore = thread.elsewhere();
    }

    /** It is to end then, if it waits. */
    void isCalledOff(long end) {
      calledOff = Math.min(calledOff, end);
    }

    /** What is to end at a deadline ends wherever it is; an interrupt or a cancel ends a wait. */
    private boolean isLate(long now) {
      long allowed = GRANULARITY_NANOS + thread.stalled() - stalledBefore;
      return over(now) > allowed || now - calledOff > allowed + driverNanos();
    }

    private long over(long now) {
      return now - begin - Math.min(ownLimit, acquireNanos);
    }

    private long driverNanos() {
      return thread.elsewhere() - elsewhereBefore;
    }
  }

  /** How late a borrow may end: what issue 10 allows. */
  private static final long GRANULARITY_NANOS = 100_000_000;

  private final World world;
  final List<Call> borrows = new ArrayList<>();

  /** Leases that the application holds, and by which tenant. */
  final Map<PooledLease, String> leases = new LinkedHashMap<>();

  /** Leases that the application gives back just now. */
  final Set<PooledLease> ending = new HashSet<>();

  /** Threads that do something else than borrow: give back, keep house, operate. */
  private int others;

  private long acquireNanos;

  SimulatedCalls(World world) {
    this.world = world;
  }

  Call borrows(String tenant, long ownLimit) {
    Call call = new Call(world.current(), tenant, world.now(), ownLimit, acquireNanos);
    borrows.add(call);
    return call;
  }

  void borrowed(Call call) {
    borrows.remove(call);
    check(call);
  }

  /** The borrow under way of a thread, if there is one: the innermost. */
  Call of(Thread thread) {
    for (Call call : borrows) {
      if (call.thread == thread) {
        return call;
      }
    }
    throw world.broke("a thread connects without having asked for a connection");
  }

  boolean isBorrowing(Thread thread) {
    return borrows.stream().anyMatch(call -> call.thread == thread);
  }

  /** Something else than a borrow. */
  void doing(Runnable something) {
    others++;
    try {
      something.run();
    } finally {
      others--;
    }
  }

  /** The application gives a lease back. */
  void ends(PooledLease lease) {
    leases.remove(lease);
    ending.add(lease);
    doing(lease::end);
    ending.remove(lease);
  }

  /** Whether the application has heard of it. */
  boolean knows(@Nullable PooledLease lease) {
    return leases.containsKey(lease) || ending.contains(lease);
  }

  /** The acquire timeout may be this one: also of a borrow that has begun and not looked yet. */
  void mayLast(long nanos) {
    acquireNanos = nanos;
    borrows.forEach(call -> call.acquireNanos = Math.max(call.acquireNanos, nanos));
  }

  int others() {
    return others;
  }

  int borrowing(String tenant) {
    int count = 0;
    for (Call call : borrows) {
      count += call.tenant.equals(tenant) ? 1 : 0;
    }
    return count;
  }

  /** Nobody waits longer than he has to. */
  void checkDeadlines() {
    for (Call call : borrows) {
      check(call);
    }
  }

  private void check(Call call) {
    if (call.isLate(world.now())) {
      throw new AssertionError(
          "a borrow of "
              + call.tenant
              + " by "
              + call.thread.getName()
              + " is "
              + call.over(world.now()) / 1_000_000
              + " ms over its deadline, "
              + (call.calledOff > world.now() ? "" : "called off, ")
              + call.driverNanos() / 1_000_000
              + " ms of it in the driver");
    }
  }
}
