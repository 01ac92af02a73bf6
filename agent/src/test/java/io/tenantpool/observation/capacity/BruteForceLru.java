package io.tenantpool.observation.capacity;

import java.util.ArrayList;
import java.util.List;

/** One cap, simulated step by step as the model of {@link ReuseDistances} says it. */
final class BruteForceLru {

  private final int cap;

  /** The tenants of the idle connections, the newest last. */
  private final List<String> idle = new ArrayList<>();

  private int leases;
  long hits;
  long waits;
  long evictions;

  BruteForceLru(int cap) {
    this.cap = cap;
  }

  void borrowed(String tenant) {
    if (leases >= cap) {
      waits++;
    }
    int own = idle.lastIndexOf(tenant);
    if (own >= 0) {
      hits++;
      idle.remove(own);
    }
    leases++;
    while (leases + idle.size() > cap && !idle.isEmpty()) {
      idle.remove(0);
      evictions++;
    }
  }

  void returned(String tenant) {
    leases--;
    if (leases + idle.size() < cap) {
      idle.add(tenant);
    } else {
      evictions++;
    }
  }
}
