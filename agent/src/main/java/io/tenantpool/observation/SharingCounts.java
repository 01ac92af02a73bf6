package io.tenantpool.observation;

import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.TenantSnapshot;
import io.tenantpool.pool.WaitCause;
import io.tenantpool.pool.WaitTally;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a server's connections are shared out, of the server or of one tenant. */
record SharingCounts(
    int share, int cap, int aboveShare, long holdAndWaits, Map<WaitCause, WaitTally> waits) {

  /** The share and cap of a tenant of whom no limit says anything else. */
  static SharingCounts of(ServerSnapshot s) {
    int cap =
        switch (s.tenantCap()) {
          case ELASTIC -> Math.max(s.perTenant(), s.budget() - s.reserved());
          case HARD -> s.perTenant();
        };
    return new SharingCounts(s.perTenant(), cap, s.aboveShare(), s.holdAndWaits(), s.waits());
  }

  static SharingCounts of(TenantSnapshot t) {
    return new SharingCounts(t.share(), t.limit(), t.aboveShare(), t.holdAndWaits(), t.waits());
  }

  Map<String, Long> waitsByCause() {
    Map<String, Long> named = new LinkedHashMap<>();
    for (WaitCause cause : WaitCause.values()) {
      named.put(cause.name(), tally(cause).waits());
    }
    return named;
  }

  /** The mean of those that waited for it: nothing of it is averaged away by those that did not. */
  Map<String, Double> waitMicrosByCause() {
    Map<String, Double> named = new LinkedHashMap<>();
    for (WaitCause cause : WaitCause.values()) {
      named.put(cause.name(), ConnectionCounts.micros(tally(cause).nanos(), tally(cause).waits()));
    }
    return named;
  }

  private WaitTally tally(WaitCause cause) {
    return waits.getOrDefault(cause, WaitTally.NONE);
  }
}
