package io.tenantpool.pool;

import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.Origin;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import io.tenantpool.simulation.Faults;
import io.tenantpool.simulation.Options;
import io.tenantpool.simulation.Scene;
import io.tenantpool.simulation.SimulatedServer;
import io.tenantpool.simulation.SimulatedThread;
import io.tenantpool.simulation.Tally;
import io.tenantpool.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The real pool in a simulated {@link World}: {@link PoolManager} and all behind it, with its reset
 * worker, over a {@link SimulatedServer}; borrowers, a housekeeper and operators around it.
 */
final class SimulatedPool implements Scene {

  static final String SERVER = "db:5432";

  /** After this long at the end something that has not come back will never come. */
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  final Tally tally = new Tally();
  final List<Origin> origins = List.of(new Origin("one"), new Origin("two"));
  final List<SimulatedThread> threads = new ArrayList<>();
  final List<SimulatedBorrower> borrowers = new ArrayList<>();
  private final List<Object> memories = new ArrayList<>();

  private @Nullable Parts parts;
  private boolean ending;
  private @Nullable SimulatedThread worker;
  private boolean workerEnded;
  private boolean isShutDown;
  private @Nullable ServerLedger ledger;

  /** What there is from the beginning on. */
  record Parts(
      World world,
      Options options,
      SimulatedServer server,
      RuntimeSettings settings,
      PoolManager manager,
      ServerPool pool,
      SimulatedCalls calls,
      SimulatedInvariants invariants) {}

  @Override
  public void begin(World world, long steps) {
    Options options = new Options(world);
    SimulatedServer server = new SimulatedServer(world, options);
    RuntimeSettings settings = new RuntimeSettings(settings(options));
    PoolManager manager =
        new PoolManager(
            settings,
            new SimulatedTicker(world),
            new SimulatedListener(world, tally, server.listenersFaults()));
    for (int tenant = 0; tenant < options.tenants; tenant++) {
      for (String user : List.of("app", "other")) {
        // What is known of logins is known for as long as somebody remembers it.
        memories.add(manager.memoryOfLogins(route(tenant, user)));
      }
    }
    ServerPool pool = pool(manager);
    ledger = pool.books().ask(Function.identity());
    SimulatedCalls calls = new SimulatedCalls(world);
    calls.mayLast(settings.get().acquireTimeout().toNanos());
    SimulatedInvariants invariants =
        new SimulatedInvariants(world, server, calls, ledger, this::isWorkerIdle);
    parts = new Parts(world, options, server, settings, manager, pool, calls, invariants);
    world.afterStep(invariants::check);
    world.whenIdle(invariants::checkIdle);
    for (int i = 0; i < options.borrowers; i++) {
      SimulatedBorrower borrower = new SimulatedBorrower(this);
      borrowers.add(borrower);
      threads.add(world.spawn("borrower " + i, borrower));
    }
    worker = world.spawn("worker", this::work);
    world.spawn("housekeeper", this::keep);
    world.spawn("deadlines", this::endInTime).makePunctual();
    SimulatedOperator operator = new SimulatedOperator(this);
    world.spawn("operator", operator::operate);
    world.spawn("nature", operator::disturb);
    world.spawn("director", () -> direct(steps));
  }

  private static Settings settings(Options options) {
    return Settings.of(
        "max-connections="
            + options.budget
            + ",max-connections-per-tenant="
            + options.perTenant
            + ",tenant-cap="
            + options.tenantCap
            + ",tenant-limits="
            + options.tenantLimits
            + ",reserved-connections="
            + options.reserved
            + ",system-urls=jdbc:postgresql://db/t0"
            + ",leak-detection-threshold=2s,max-idle-time=1s,max-lifetime=30s,acquire-timeout="
            + options.acquireTimeout);
  }

  @SuppressWarnings("unchecked")
  private static ServerPool pool(PoolManager manager) {
    try {
      var servers = PoolManager.class.getDeclaredField("servers");
      servers.setAccessible(true);
      return Objects.requireNonNull(((Map<String, ServerPool>) servers.get(manager)).get(SERVER));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first tenant is a system tenant. */
  static Route.Pooled route(int tenant, String user) {
    return TestRoutes.route("t" + tenant, user, "secret", tenant == 0);
  }

  Parts parts() {
    return Objects.requireNonNull(parts);
  }

  @Override
  public String options() {
    return String.valueOf(parts().options());
  }

  @Override
  public Tally tally() {
    return tally;
  }

  /** Whether everybody is to come to an end. */
  boolean isEnding() {
    return ending;
  }

  // ---- the pool's own threads

  /** Its thread, whenever the housekeeper sees that it needs one. */
  private void work() {
    World world = parts().world();
    ServerPool pool = parts().pool();
    Set<Slot> slots = Objects.requireNonNull(ledger).book().slots();
    do {
      while (survives(pool.worker()::round)) {
        tally.count("rounds");
      }
      world.await("no worker", () -> isShutDown || !slots.isEmpty(), World.FOR_EVER);
    } while (!isShutDown || !slots.isEmpty());
    workerEnded = true;
  }

  /** As {@link io.tenantpool.upkeep.AgentThread} does with its rounds. */
  private boolean survives(BooleanSupplier round) {
    try {
      return round.getAsBoolean();
    } catch (Throwable fault) {
      if (!Faults.isInjected(fault)) {
        throw parts().world().broke("a round ended with " + fault, fault);
      }
      tally.count("rounds that failed");
      return true;
    }
  }

  /**
   * As {@link PoolManager#close}, which does it on a thread of its own that cannot be simulated.
   */
  void shutDown() {
    isShutDown = true;
    ServerPool pool = parts().pool();
    pool.operations().close();
    while (pool.work()) {
      tally.count("closed at the end");
    }
    pool.worker().stop();
  }

  private boolean isWorkerIdle() {
    SimulatedThread thread = worker;
    return workerEnded || (thread != null && thread.isParked());
  }

  /** Its thread, whenever one was asked for. */
  private void endInTime() {
    Deadlines deadlines = parts().pool().deadlines();
    while (!workerEnded) {
      parts()
          .world()
          .await("nothing under way", () -> workerEnded || deadlines.isRunning(), World.FOR_EVER);
      while (deadlines.isRunning() && survives(deadlines::turn)) {
        tally.count("looks at deadlines");
      }
    }
  }

  /** As {@link Housekeeper} does. */
  private void keep() {
    World world = parts().world();
    ServerPool pool = parts().pool();
    for (int round = 0; !workerEnded; round++) {
      world.sleep("keeps house", 100_000_000);
      boolean expires = round % 10 == 0;
      parts()
          .calls()
          .doing(
              () -> {
                pool.publishSamples();
                if (expires) {
                  pool.operations().expire();
                  pool.operations().watch();
                }
              });
    }
  }

  // ---- the end

  private void direct(long steps) {
    World world = parts().world();
    world.await("the last step", () -> world.steps() >= steps, World.FOR_EVER);
    ending = true;
    world.note("the end begins", "");
    parts().server().heal();
    awaitBorrowers(world);
    parts().invariants().checkReturned();
    if (!world.oneIn(3)) {
      parts().calls().doing(() -> parts().manager().evictIdle(SERVER));
      awaitAllBack(world);
    }
    parts().calls().doing(this::shutDown);
    awaitAllBack(world);
    long end = world.now() + PATIENCE_NANOS;
    world.await("the worker's end", () -> workerEnded, PATIENCE_NANOS);
    if (world.now() >= end) {
      throw new AssertionError("the worker does not end");
    }
  }

  private void awaitBorrowers(World world) {
    long end = world.now() + PATIENCE_NANOS;
    world.await(
        "borrowers", () -> threads.stream().noneMatch(world.threads()::contains), PATIENCE_NANOS);
    if (world.now() >= end) {
      throw new AssertionError("a borrower never comes back");
    }
  }

  private void awaitAllBack(World world) {
    SimulatedInvariants invariants = parts().invariants();
    long end = world.now() + PATIENCE_NANOS;
    world.await("all permits", () -> invariants.leftOver() == null, PATIENCE_NANOS);
    if (world.now() >= end) {
      throw new AssertionError("left over: " + invariants.leftOver());
    }
  }
}
