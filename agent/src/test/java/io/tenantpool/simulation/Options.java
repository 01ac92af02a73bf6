package io.tenantpool.simulation;

/** What a seed chooses for its world. */
public final class Options {

  public final int budget;
  public final int perTenant;
  public final int reserved;
  public final int tenants;
  public final int borrowers;
  public final int faultOdds;
  public final int roomOdds;
  public final boolean silences;
  public final boolean storms;
  public final boolean closesEarly;
  public final String acquireTimeout;
  public final long latencyNanos;
  public final long thinkNanos;
  public final String tenantCap;
  public final String tenantLimits;

  /** What the die says. */
  public Options(World world) {
    var random = world.random();
    budget = 2 + random.nextInt(random.nextInt(3) == 0 ? 10 : 4);
    reserved = random.nextInt(3) == 0 ? 1 : 0;
    perTenant = 1 + random.nextInt(Math.min(4, budget));
    tenants = 1 + random.nextInt(1 + random.nextInt(7));
    borrowers = 2 + random.nextInt(10);
    faultOdds = random.nextInt(3) == 0 ? 1_000_000_000 : 5 << random.nextInt(6);
    roomOdds = random.nextInt(3);
    silences = random.nextInt(3) == 0;
    storms = random.nextBoolean();
    closesEarly = random.nextInt(5) == 0;
    acquireTimeout = random.nextInt(3) == 0 ? "250ms" : random.nextBoolean() ? "1s" : "5s";
    latencyNanos = 10_000L << random.nextInt(10);
    thinkNanos = 1_000L << random.nextInt(16);
    tenantCap = random.nextInt(3) == 0 ? "hard" : "elastic";
    boolean limited = random.nextInt(3) == 0 && budget - reserved >= 2;
    tenantLimits = limited ? "t1<=2,t2>=2,t3 weight=2,t4<=1" : "none";
  }

  @Override
  public String toString() {
    return "budget "
        + budget
        + ", reserved "
        + reserved
        + ", per tenant "
        + perTenant
        + ' '
        + tenantCap
        + ", limits "
        + tenantLimits
        + ", tenants "
        + tenants
        + ", borrowers "
        + borrowers
        + ", one fault in "
        + faultOdds
        + ", room "
        + roomOdds
        + ", silences "
        + silences
        + ", storms "
        + storms
        + ", shut down early "
        + closesEarly
        + ", acquire timeout "
        + acquireTimeout
        + ", latency "
        + latencyNanos
        + " ns, thinks "
        + thinkNanos
        + " ns";
  }
}
