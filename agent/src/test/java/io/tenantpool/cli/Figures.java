package io.tenantpool.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Readings as an agent would give them. */
final class Figures {

  static final String DB = "db:5432";

  private Figures() {}

  static Bean manager() {
    return new Bean(Map.of("type", "PoolManager"), Map.of("Version", "1.0", "MaxConnections", 40));
  }

  static Bean server(String name, int open, int budget, long evicted) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("Open", open);
    figures.put("Budget", budget);
    figures.put("ConfiguredBudget", 40);
    figures.put("Active", 3);
    figures.put("Idle", open - 3);
    figures.put("Waiting", 2);
    figures.put("Timeouts", 1L);
    figures.put("HitRate", 0.661);
    figures.put("Share", 3);
    figures.put("Cap", budget);
    figures.put("TenantCap", "ELASTIC");
    figures.put("AboveShare", 5);
    figures.put("Waits", Map.of("BUDGET", 4L, "RESET", 0L));
    figures.put("WaitMicrosMean", Map.of("BUDGET", 2_500.0, "RESET", 0.0));
    figures.put("BorrowMicrosP99", 31_400.0);
    figures.put("Evictions", Map.of("PRESSURE", evicted, "IDLE", 0L));
    figures.put(
        "PinSites",
        List.of(Map.of("count", 4L, "cause", "LISTEN", "site", "com.acme.Bus.open(Bus.java:7)")));
    return new Bean(Map.of("type", "Server", "name", name), figures);
  }

  static Bean tenant(String server, String name, int active, int open, long borrows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("Open", open);
    figures.put("Active", active);
    figures.put("Idle", open - active);
    figures.put("Borrows", borrows);
    figures.put("Share", 4);
    figures.put("Cap", 7);
    figures.put("AboveShare", Math.max(0, open - 4));
    figures.put("Minimum", open);
    figures.put("Weight", 1);
    figures.put("Waits", Map.of("SHARE", (long) active, "CONNECT", 9L));
    figures.put("WaitMicrosMean", Map.of("SHARE", 1_500.0, "CONNECT", 9_000.0));
    figures.put("Evictions", Map.of("PRESSURE", 5L));
    return new Bean(Map.of("type", "Tenant", "server", server, "name", name), figures);
  }

  static Reading reading(long uptimeMillis, List<Bean> servers, List<Bean> tenants) {
    return new Reading(4711, uptimeMillis, manager(), servers, tenants, List.of());
  }

  /** Of an application that is observed: a server, and so many connections of each tenant. */
  static Reading watched(long uptimeMillis, long opens, Map<String, Integer> tenants) {
    int held = tenants.values().stream().mapToInt(Integer::intValue).sum();
    Map<String, Object> all = new LinkedHashMap<>(Map.of("held", held, "opens", opens));
    all.put("tenant", "");
    all.put("peakHeld", held + 1);
    all.put("idleInPools", held - 1);
    all.put("wouldPin", 3L);
    all.put("busy", 1);
    Bean server =
        new Bean(
            Map.of("type", "Server", "name", DB),
            Map.of("Budget", 40, "ConfiguredBudget", 40, "Watched", List.of(all)));
    List<Bean> watched = new ArrayList<>();
    tenants.forEach(
        (name, each) -> {
          Map<String, Object> figures = new LinkedHashMap<>(Map.of("Held", each, "Opens", opens));
          figures.put("PeakHeld", each + 1);
          figures.put("Busy", 1);
          figures.put("ConnectMicrosMean", 20_000.0);
          figures.put("WouldPin", Map.of("UNWRAPPED", 2L, "TRANSACTION", 1L));
          watched.add(
              new Bean(Map.of("type", "WatchedTenant", "server", DB, "name", name), figures));
        });
    return new Reading(4711, uptimeMillis, manager(), List.of(server), List.of(), watched);
  }

  /** The lines as one text, with one blank wherever there are more. */
  static String text(List<String> lines) {
    return String.join("\n", lines).replaceAll(" +", " ");
  }
}
