package io.tenantpool.benchmarks.load;

import java.util.Locale;
import java.util.function.IntFunction;

/** The loads by name: who wants something. */
public enum Trace {
  UNIFORM(tenants -> (random, second) -> random.nextInt(tenants)),
  ZIPF(tenants -> new Zipf(tenants, 0.9)),
  WORKSPACES(Workspaces::new),
  BURSTS(Bursts::new),
  SHIFTING(ShiftingHotSet::new),
  SCAN(Scan::new);

  private final IntFunction<TenantChoice> choice;

  Trace(IntFunction<TenantChoice> choice) {
    this.choice = choice;
  }

  /** A new one among so many tenants. */
  public TenantChoice among(int tenants) {
    return choice.apply(tenants);
  }

  /** The name on the command line and in the CSV. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Trace of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
