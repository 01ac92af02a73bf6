package io.tenantpool.pool;

import io.tenantpool.config.InvalidSettingsException;
import io.tenantpool.simulation.Options;
import io.tenantpool.simulation.SimulatedServer;
import io.tenantpool.simulation.SimulatedThread;
import io.tenantpool.simulation.World;
import java.util.SplittableRandom;

/** Two threads that leave nobody in peace: an operator of the pool, and the nature of things. */
final class SimulatedOperator {

  private static final String SERVER = SimulatedPool.SERVER;

  private final SimulatedPool scene;
  private final World world;
  private final Options options;
  private final SplittableRandom random;
  private final SimulatedServer server;
  private final PoolManager manager;

  SimulatedOperator(SimulatedPool scene) {
    this.scene = scene;
    world = scene.parts().world();
    options = scene.parts().options();
    random = world.random();
    server = scene.parts().server();
    manager = scene.parts().manager();
  }

  private void rest() {
    long most = options.storms && !server.isSilent() ? 2_000_000L : 300_000_000L;
    world.sleep("rests", 1 + random.nextLong(most));
  }

  private String tenant() {
    return "t" + random.nextInt(options.tenants);
  }

  // ---- the operator

  void operate() {
    while (!scene.isEnding()) {
      rest();
      int operation = random.nextInt(18);
      world.note("operates", operation);
      scene.parts().calls().doing(() -> operate(operation));
    }
    scene.parts().calls().doing(() -> manager.pool(true));
  }

  private void operate(int operation) {
    switch (operation) {
      case 0 -> change("max-connections", 2 + random.nextInt(12));
      case 1 -> change("max-connections-per-tenant", 1 + random.nextInt(4));
      case 2 -> manager.limitTenant(SERVER, tenant(), 1 + random.nextInt(4));
      case 3 -> manager.evictIdle(SERVER);
      case 4 -> manager.evictIdle(SERVER, tenant());
      case 5 -> manager.closeTenant(SERVER, tenant());
      case 6 -> manager.closeDatabase(SERVER, tenant());
      case 7 -> abandon();
      case 8 -> switchOff();
      case 9 -> look();
      case 10 -> manager.resetPeaks(SERVER);
      case 11 -> changeAcquireTimeout(random.nextBoolean() ? "300ms" : "2s");
      case 12 -> change("max-lifetime", random.nextBoolean() ? "30s" : "1m");
      case 13 -> change("tenant-cap", random.nextBoolean() ? "hard" : "elastic");
      case 14 -> change("tenant-limits", random.nextBoolean() ? "t1<=1,t2 weight=3" : "none");
      case 15 -> change("eviction-order", random.nextBoolean() ? "lru" : "frequency");
      case 16 -> change("lending-order", random.nextBoolean() ? "fifo" : "lifo");
      default -> {
        if (options.closesEarly && world.oneIn(10)) {
          world.note("shuts down", "");
          scene.shutDown();
        }
      }
    }
  }

  private void change(String setting, Object value) {
    try {
      scene.parts().settings().change(setting, String.valueOf(value));
      scene.tally.count("changes");
    } catch (InvalidSettingsException refused) {
      scene.tally.count("refused changes");
    }
  }

  private void changeAcquireTimeout(String text) {
    long before = scene.parts().settings().get().acquireTimeout().toNanos();
    scene.parts().calls().mayLast(Math.max(before, 2_000_000_000L));
    change("acquire-timeout", text);
    scene.parts().calls().mayLast(scene.parts().settings().get().acquireTimeout().toNanos());
  }

  private void abandon() {
    int tenant = random.nextInt(options.tenants);
    var origin = scene.origins.get(random.nextInt(2));
    if (world.oneIn(2)) {
      manager.abandoned(SimulatedPool.route(tenant, "app"), origin);
    } else {
      manager.closed(SimulatedPool.route(tenant, "app"), origin, random.nextInt(10));
    }
  }

  private void switchOff() {
    scene.tally.count("mode switches");
    manager.pool(false);
    rest();
    manager.pool(true);
  }

  private void look() {
    manager.servers();
    manager.tenants(SERVER, world.oneIn(2));
    manager.longestHolders(SERVER, 3);
    manager.waitingLine(SERVER, 3);
  }

  // ---- the nature of things

  void disturb() {
    while (!scene.isEnding()) {
      rest();
      switch (random.nextInt(12)) {
        case 0, 1 -> server.kill();
        case 2 -> outage();
        case 3 -> silence();
        case 4 -> room();
        case 5, 6, 7 -> interrupt();
        case 8, 9 -> callOff();
        case 10 -> server.changesRoles();
        default -> {}
      }
    }
  }

  private void outage() {
    if (world.oneIn(4)) {
      server.down(true);
      rest();
      server.down(false);
    }
  }

  private void silence() {
    if (options.silences) {
      server.silent(true);
      world.await(
          "silence",
          scene::isEnding,
          random.nextLong(world.oneIn(4) ? 20_000_000_000L : 500_000_000L));
      server.silent(false);
    }
  }

  private void room() {
    if (options.roomOdds > 0) {
      server.room(1 + random.nextInt(12));
      rest();
      server.room(Integer.MAX_VALUE);
    }
  }

  private void interrupt() {
    SimulatedThread thread = scene.threads.get(random.nextInt(scene.threads.size()));
    if (scene.parts().calls().isBorrowing(thread)) {
      if (thread.blocker() instanceof Waiter) {
        scene.parts().calls().of(thread).isCalledOff(world.now() + BorrowBound.INTERRUPTED_NANOS);
      }
      world.interrupt(thread);
    }
  }

  private void callOff() {
    int one = random.nextInt(scene.borrowers.size());
    if (scene.borrowers.get(one).callOff(scene.threads.get(one))) {
      scene.tally.count("called off");
    }
  }
}
