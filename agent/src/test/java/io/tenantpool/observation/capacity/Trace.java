package io.tenantpool.observation.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Borrows and returns of random tenants, as one server sees them. */
final class Trace {

  /** What happens at one step. */
  record Step(String tenant, boolean borrow) {}

  private final List<Step> steps = new ArrayList<>();

  /**
   * {@code skew} 0: all tenants alike; the larger, the more belongs to the few. Up to {@code
   * concurrency} leases at once.
   */
  static Trace random(long seed, int borrows, int tenants, double skew, int concurrency) {
    Random random = new Random(seed);
    Trace trace = new Trace();
    List<String> held = new ArrayList<>();
    int wanted = 1;
    for (int i = 0; i < borrows; i++) {
      if (random.nextInt(20) == 0) {
        wanted = 1 + random.nextInt(concurrency);
      }
      while (held.size() >= wanted) {
        String tenant = held.remove(random.nextInt(held.size()));
        trace.steps.add(new Step(tenant, false));
      }
      String tenant = "tenant-" + (int) (tenants * Math.pow(random.nextDouble(), 1 + skew));
      held.add(tenant);
      trace.steps.add(new Step(tenant, true));
    }
    return trace;
  }

  List<Step> steps() {
    return steps;
  }

  void feed(ReuseDistances distances) {
    for (Step step : steps) {
      if (step.borrow()) {
        distances.borrowed(step.tenant());
      } else {
        distances.returned(step.tenant());
      }
    }
  }

  void feed(BruteForceLru simulation) {
    for (Step step : steps) {
      if (step.borrow()) {
        simulation.borrowed(step.tenant());
      } else {
        simulation.returned(step.tenant());
      }
    }
  }
}
