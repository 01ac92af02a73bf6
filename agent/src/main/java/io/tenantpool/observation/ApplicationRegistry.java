package io.tenantpool.observation;

import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is on show in the global registry of one copy of Micrometer. It refers to the application's
 * classes, so only those may refer to it. After a fault it takes everything away and does nothing
 * more. Belongs to the observation thread.
 */
final class ApplicationRegistry {

  private static final String WHOLE = "";

  private final Faults faults;
  private final Map<String, MeterSet> ofServers = new HashMap<>();
  private final Map<String, Map<String, MeterSet>> ofTenants = new HashMap<>();
  private final Map<String, ServerMeters> servers = new HashMap<>();
  private @Nullable ApplicationMicrometer micrometer;

  ApplicationRegistry(Class<?> metrics, Faults faults) {
    this.faults = faults;
    guarded(() -> micrometer = new ApplicationMicrometer(metrics));
  }

  /** Shows the whole; once is enough. */
  void whole(PoolManagerMXBean manager) {
    unlessThere(ofServers, WHOLE, meters -> new ManagerMeters(meters, manager));
  }

  /** Shows a server; once is enough. */
  void server(String server, ServerFigures figures) {
    unlessThere(
        ofServers,
        server,
        meters -> servers.put(server, new ServerMeters(meters, server, figures)));
  }

  /** Shows these tenants of the server, and no others. */
  void tenants(String server, TenantFigures figures, Set<String> chosen) {
    Map<String, MeterSet> there = ofTenants.computeIfAbsent(server, name -> new HashMap<>());
    for (String tenant : new HashSet<>(there.keySet())) {
      if (!chosen.contains(tenant)) {
        MeterSet gone = there.remove(tenant);
        guarded(() -> close(gone));
      }
    }
    for (String tenant : chosen) {
      unlessThere(
          there,
          tenant,
          meters -> TenantSeries.meters(meters, server, tenant, () -> figures.of(tenant)));
    }
  }

  void borrowed(String server, long nanos) {
    ServerMeters meters = servers.get(server);
    if (meters != null) {
      guarded(() -> meters.borrowed(nanos));
    }
  }

  void returned(String server, long nanos) {
    ServerMeters meters = servers.get(server);
    if (meters != null) {
      guarded(() -> meters.returned(nanos));
    }
  }

  /** Takes everything away. */
  void close() {
    micrometer = null;
    servers.clear();
    closeAll(ofServers);
    ofTenants.values().forEach(this::closeAll);
    ofTenants.clear();
  }

  /** The set is in its map before it is filled, so that it is taken away however far that went. */
  private void unlessThere(Map<String, MeterSet> there, String name, Consumer<MeterSet> fill) {
    ApplicationMicrometer open = micrometer;
    if (open != null && !there.containsKey(name)) {
      MeterSet meters = new ApplicationMeterSet(open, faults);
      there.put(name, meters);
      guarded(() -> fill.accept(meters));
    }
  }

  private void closeAll(Map<String, MeterSet> sets) {
    for (MeterSet set : sets.values()) {
      try {
        set.close();
      } catch (Throwable failure) {
        faults.report(FaultKind.OBSERVATION, ApplicationMeters.FAULT, failure);
      }
    }
    sets.clear();
  }

  private static void close(@Nullable MeterSet set) {
    if (set != null) {
      set.close();
    }
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (Throwable failure) {
      faults.report(FaultKind.OBSERVATION, ApplicationMeters.FAULT, failure);
      close();
    }
  }

  /** Calls the application's Micrometer. */
  @FunctionalInterface
  private interface Work {
    void run() throws ReflectiveOperationException;
  }
}
