package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.Pin;
import io.tenantpool.connection.SessionFilter;
import io.tenantpool.connection.WaitEnd;
import io.tenantpool.connection.WaitLimit;
import io.tenantpool.routing.Route;
import io.tenantpool.simulation.Faults;
import io.tenantpool.simulation.Options;
import io.tenantpool.simulation.SimulatedCaller;
import io.tenantpool.simulation.SimulatedServer;
import io.tenantpool.simulation.SimulatedSession;
import io.tenantpool.simulation.SimulatedThread;
import io.tenantpool.simulation.World;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One thread of the application: borrows, works, gives back, forgets to. */
final class SimulatedBorrower implements Runnable {

  private static final int DEEPEST = 2;
  private static final SessionFilter ALL = new SessionFilter(null, null, false);

  private final SimulatedPool scene;
  private final World world;
  private final Options options;
  private final SplittableRandom random;
  private final SimulatedServer server;
  private final SimulatedCalls calls;
  private final List<PooledLease> leaked = new ArrayList<>();
  private @Nullable SimulatedCaller caller;

  SimulatedBorrower(SimulatedPool scene) {
    this.scene = scene;
    world = scene.parts().world();
    options = scene.parts().options();
    random = world.random();
    server = scene.parts().server();
    calls = scene.parts().calls();
  }

  @Override
  public void run() {
    while (!scene.isEnding()) {
      world.sleep("thinks", 1 + random.nextLong(2 * options.thinkNanos));
      unit(0, random.nextInt(options.tenants));
      if (Thread.interrupted()) {
        scene.tally.count("interrupted");
      }
    }
    leaked.forEach(this::end);
  }

  /** One unit of work, which may contain another one. */
  private void unit(int depth, int tenant) {
    Route.Pooled route = SimulatedPool.route(tenant, world.oneIn(4) ? "other" : "app");
    int pool = random.nextInt(3);
    Origin origin = pool == 2 ? null : scene.origins.get(pool);
    PooledLease lease = borrow(route, origin);
    if (lease == null) {
      return;
    }
    boolean forgets = world.oneIn(200) && leaked.isEmpty();
    try {
      work(lease, login(route), origin);
      if (depth < DEEPEST && world.oneIn(6)) {
        unit(depth + 1, world.oneIn(4) ? random.nextInt(options.tenants) : tenant);
      }
    } finally {
      if (forgets) {
        scene.tally.count("leaked");
        leaked.add(lease);
      } else {
        end(lease);
      }
    }
  }

  private static String login(Route.Pooled route) {
    return route.tenant() + "/" + route.key().user();
  }

  private void work(PooledLease lease, String login, @Nullable Origin origin) {
    SimulatedSession session = (SimulatedSession) lease.physical();
    session.begins(origin, login);
    for (int i = random.nextInt(3); i > 0; i--) {
      if (!session.use()) {
        return;
      }
      session.leavesTraces(origin, world.oneIn(8));
    }
    switch (random.nextInt(60)) {
      case 0 -> lease.pinned(Pin.values()[0], null);
      case 1 -> calls.doing(() -> lease.closeIdle(ALL));
      case 2 -> calls.doing(() -> lease.outdate(ALL));
      case 3 -> session.outdate();
      case 4 -> world.sleep("holds", 1 + random.nextLong(3_000_000_000L));
      default -> {}
    }
  }

  private void end(PooledLease lease) {
    world.note("gives back", lease.slot().id());
    calls.ends(lease);
    if (world.oneIn(10)) {
      calls.doing(lease::end);
    }
  }

  // ---- borrowing

  private @Nullable PooledLease borrow(Route.Pooled route, @Nullable Origin origin) {
    SimulatedCaller who = origin == null || world.oneIn(4) ? null : caller();
    WaitLimit limit = who == null ? null : who.limit();
    if (world.oneIn(50)) {
      Thread.currentThread().interrupt();
    }
    long most = limit == null ? Long.MAX_VALUE : limit.nanos();
    world.note("borrows", login(route) + " for " + origin);
    SimulatedCalls.Call call = calls.borrows(route.tenant(), most);
    caller = who;
    try {
      PooledLease lease =
          (PooledLease)
              scene.parts().manager().borrow(route, () -> server.open(login(route)), origin, who);
      calls.leases.put(lease, route.tenant());
      scene.tally.count("borrowed");
      world.note("has", lease.slot().id());
      return lease;
    } catch (SQLException refused) {
      failed(refused, String.valueOf(refused.getMessage()).startsWith("tenant-pool: "));
    } catch (Throwable fault) {
      failed(fault, false);
    } finally {
      caller = null;
      calls.borrowed(call);
    }
    return null;
  }

  /** Only what the pool says, and what the driver threw. */
  private void failed(Throwable failure, boolean isOurs) {
    world.note("got", failure);
    scene.tally.count(isOurs ? "refused" : "failed");
    if (failure instanceof SQLException refused && "08003".equals(refused.getSQLState())) {
      world.sleep("is turned away", 1 + random.nextLong(20_000_000));
    }
    if (!isOurs && !Faults.isInjected(failure)) {
      throw world.broke("a borrower got " + failure, failure);
    }
  }

  private SimulatedCaller caller() {
    long millis = 1L << random.nextInt(10);
    WaitLimit limit =
        world.oneIn(2)
            ? null
            : new WaitLimit(WaitEnd.QUERY_TIMEOUT, TimeUnit.MILLISECONDS.toNanos(millis));
    return new SimulatedCaller(limit, !world.oneIn(5));
  }

  /** Another thread calls off what this one waits for; whether there is something. */
  boolean callOff(SimulatedThread self) {
    SimulatedCaller waiting = caller;
    if (waiting == null) {
      return false;
    }
    world.note("calls off", self.getName());
    calls.of(self).isCalledOff(world.now());
    waiting.callOff(world.oneIn(2) ? WaitEnd.CANCELLED : WaitEnd.CLOSED);
    return true;
  }
}
