package io.tenantpool.observation;

import io.tenantpool.config.TenantTags;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Shows servers and tenants as meters in {@code Metrics.globalRegistry} of every Micrometer that
 * the application has loaded. All of them get all meters: the budget is one, and what one web
 * application does with it is what another one waits for. What belongs to a copy of Micrometer
 * hangs on its class ({@link ClassValue}); from here to there all references are weak.
 */
final class ApplicationMeters implements Presence.Stage, AutoCloseable {

  /** How faults are told. */
  static final String FAULT = "meters of the application failed";

  /**
   * Between two looks. A loader is used at the first look a second after it was seen, for it is
   * seen before it has defined the class, and the application is to initialise what is its own.
   */
  static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PoolFigures pool;
  private final PoolManagerMXBean manager;
  private final TenantTags tags;
  private final MicrometerSightings sightings;
  private final Ticker ticker;
  private final Faults faults;
  private final Map<String, Server> servers = new LinkedHashMap<>();
  private final List<Sighting> ripening = new ArrayList<>();
  private final List<WeakReference<Class<?>>> micrometers = new ArrayList<>();
  private final ClassValue<ApplicationRegistry> registries =
      new ClassValue<>() {
        @Override
        protected ApplicationRegistry computeValue(Class<?> metrics) {
          return new ApplicationRegistry(metrics, faults);
        }
      };
  private boolean changed = true;
  private long sweptAt;

  ApplicationMeters(
      PoolFigures pool,
      PoolManagerMXBean manager,
      TenantTags tags,
      MicrometerSightings sightings,
      Ticker ticker,
      Faults faults) {
    this.pool = pool;
    this.manager = manager;
    this.tags = tags;
    this.sightings = sightings;
    this.ticker = ticker;
    this.faults = faults;
    this.sweptAt = ticker.nanos() - PAUSE_NANOS;
  }

  @Override
  public Presence server(String name) {
    servers.computeIfAbsent(name, this::newServer);
    changed = true;
    return new Presence() {
      @Override
      public void borrowed(long nanos) {
        forEach(registry -> registry.borrowed(name, nanos));
      }

      @Override
      public void returned(long nanos) {
        forEach(registry -> registry.returned(name, nanos));
      }
    };
  }

  @Override
  public Presence tenant(String serverName, String tenant) {
    Set<String> shown = servers.computeIfAbsent(serverName, this::newServer).shown;
    shown.add(tenant);
    changed = true;
    return new Presence() {
      @Override
      public void close() {
        shown.remove(tenant);
        changed = true;
      }
    };
  }

  private Server newServer(String name) {
    return new Server(
        ServerFigures.of(pool, name, ticker),
        new TenantFigures(pool, name, ticker),
        new BusiestTenants(tags, ticker.nanos()),
        new HashSet<>());
  }

  @Override
  public void sweep() {
    long now = ticker.nanos();
    if (now - sweptAt < PAUSE_NANOS) {
      return;
    }
    sweptAt = now;
    changed = false;
    findMicrometers(now);
    if (micrometers.isEmpty()) {
      return;
    }
    Map<String, Set<String>> chosen = new LinkedHashMap<>();
    servers.forEach(
        (name, server) ->
            chosen.put(name, server.busiest.among(server.shown, server.tenants, now)));
    forEach(
        registry -> {
          registry.whole(manager);
          servers.forEach(
              (name, server) -> {
                registry.server(name, server.figures);
                registry.tenants(name, server.tenants, chosen.getOrDefault(name, Set.of()));
              });
        });
  }

  @Override
  public boolean isSettled() {
    return ripening.isEmpty() && sightings.isEmpty() && (!changed || micrometers.isEmpty());
  }

  /** Takes every meter away. */
  @Override
  public void close() {
    forEach(ApplicationRegistry::close);
    micrometers.clear();
  }

  private void findMicrometers(long now) {
    for (Iterator<Sighting> i = ripening.iterator(); i.hasNext(); ) {
      Sighting sighting = i.next();
      if (now - sighting.at >= PAUSE_NANOS) {
        i.remove();
        ClassLoader loader = sighting.loader.get();
        if (loader != null) {
          add(loader);
        }
      }
    }
    for (WeakReference<ClassLoader> seen = sightings.poll();
        seen != null;
        seen = sightings.poll()) {
      ripening.add(new Sighting(seen, now));
    }
  }

  private void add(ClassLoader loader) {
    try {
      Class<?> metrics = Class.forName(ApplicationMicrometer.METRICS, false, loader);
      if (micrometers.stream().noneMatch(known -> known.refersTo(metrics))) {
        micrometers.add(new WeakReference<>(metrics));
      }
    } catch (Throwable failure) {
      // The loader of a web application that was stopped meanwhile, for one.
      faults.report(FaultKind.OBSERVATION, FAULT, failure);
    }
  }

  private void forEach(Consumer<ApplicationRegistry> work) {
    for (int i = micrometers.size() - 1; i >= 0; i--) {
      Class<?> metrics = micrometers.get(i).get();
      if (metrics == null) {
        micrometers.remove(i);
      } else {
        work.accept(registries.get(metrics));
      }
    }
  }

  private record Server(
      ServerFigures figures, TenantFigures tenants, BusiestTenants busiest, Set<String> shown) {}

  private record Sighting(WeakReference<ClassLoader> loader, long at) {}
}
