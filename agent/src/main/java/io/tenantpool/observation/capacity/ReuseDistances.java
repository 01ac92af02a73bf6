package io.tenantpool.observation.capacity;

import io.tenantpool.pool.UseFrequency;
import org.jspecify.annotations.Nullable;

/**
 * What a server's borrows would have found under every cap at once, from a single pass (the stack
 * algorithm of Mattson and others, 1970).
 *
 * <p>The model: connections that are leased stay; those that are idle give way in the order in
 * which they came back, whoever they belong to. A tenant needs as many connections as it holds at
 * once, and takes the one that it returned last. Then a server with a cap of {@code c} has, at
 * every moment, what is leased and the newest idle connections up to {@code c}. So a borrow has a
 * <em>distance</em>: what is leased, the idle connections that came back after the one that it
 * would take, and itself. Every cap from the distance on has that connection open: a hit; below it
 * is evicted by then: a miss. The first borrow of each connection misses under every cap. A borrow
 * that finds {@code c} leases would have to wait under that cap; the model lets it have a
 * connection of its own, closed when that is returned.
 *
 * <p>Where those of the tenants that are asked for least often give way first, a server with a cap
 * of {@code c} has what is leased, the idle connections of the tenants that are asked for most
 * often, and one more: that of the tenant that was the last to need room, until the next one does.
 * Who that was differs from cap to cap; the one that came back last is taken for it. That is near
 * enough, where the distance in the order of returns is exact.
 *
 * <p>With more tenants than can be followed, a sample of them stands for all: distances and counts
 * are scaled, and the difference to the true number of borrows is put to the nearest distance
 * (SHARDS<sub>adj</sub>). What is leased is always counted in full. Not thread-safe.
 */
final class ReuseDistances {

  /** The largest cap that {@code tenantpool.max-connections} can have. */
  static final int LARGEST_CAP = 10_000;

  /** How long a frequency remembers depends on the budget in force; here it is the default's. */
  private static final int BUDGET = 20;

  private final TrackedTenants tenants;
  private final IdleOrder order = new IdleOrder();
  private final Histogram distances = new Histogram(LARGEST_CAP);
  private final UseFrequency frequency = UseFrequency.under(BUDGET);
  private final FrequencyLevels levels = new FrequencyLevels();
  private final Histogram inFrequency = new Histogram(LARGEST_CAP);

  /** Whose connection came back last and is idle still, if that is known. */
  private @Nullable String last;

  private long requests;
  private final Histogram needs = new Histogram(LARGEST_CAP);
  private int leases;
  private long borrows;
  private double firsts;
  private int leasesBefore;
  private double idleBefore;

  /** Follows {@code limit} tenants at most. */
  ReuseDistances(int limit) {
    this.tenants = new TrackedTenants(limit);
  }

  /** A lease of {@code tenant} begins. */
  void borrowed(String tenant) {
    int before = leases++;
    borrows++;
    requests++;
    needs.add(before, 1);
    int slot = tenants.find(tenant);
    int weight = tenants.weight();
    if (weight > 1) {
      adjust(before + 1, 1);
    }
    if (slot == TrackedTenants.NOT_SAMPLED) {
      return;
    }
    if (weight > 1) {
      adjust(before + 1, -weight);
    }
    tenants.held(slot, tenants.held(slot) + 1);
    int connection = tenants.newest(slot);
    int idle = tenants.idle(slot);
    levels.add(tenants.frequency(slot), -idle);
    if (connection == IdleOrder.NONE) {
      firsts += weight;
    } else {
      distances.add(before + 1L + (long) order.newerThan(connection) * weight, weight);
      inFrequency.add(before + 1L + (long) moreFrequent(tenant, slot) * weight, weight);
      tenants.newest(slot, order.olderOfTenant(connection));
      tenants.idle(slot, --idle);
      order.remove(connection);
    }
    tenants.frequency(slot, frequency.used(tenants.frequency(slot), requests));
    levels.add(tenants.frequency(slot), idle);
    if (tenant.equals(last)) {
      last = null;
    }
    if (connection == IdleOrder.NONE) {
      shrinkSample();
    }
  }

  private void adjust(int distance, int weight) {
    distances.add(distance, weight);
    inFrequency.add(distance, weight);
  }

  /** Idle connections that stay longer than the tenant's, where those of rare tenants go first. */
  private int moreFrequent(String tenant, int slot) {
    return tenant.equals(last) ? 0 : levels.above(tenants.frequency(slot)) + 1;
  }

  /** A lease of {@code tenant} ends. */
  void returned(String tenant) {
    if (order.isFull()) {
      tenants.moved(order.compact(tenants.size()));
    }
    int slot = tenants.find(tenant);
    if (slot == TrackedTenants.NOT_SAMPLED) {
      leases = Math.max(0, leases - 1);
      last = null;
      return;
    }
    int connection = tenants.newest(slot);
    if (tenants.held(slot) > 0) {
      tenants.held(slot, tenants.held(slot) - 1);
      leases = Math.max(0, leases - 1);
    } else if (connection != IdleOrder.NONE) {
      // Nobody saw this lease begin: the tenant has no more connections than before.
      order.remove(connection);
      connection = order.olderOfTenant(connection);
      addIdle(slot, -1);
    }
    tenants.newest(slot, order.add(connection));
    addIdle(slot, 1);
    last = tenant;
    shrinkSample();
  }

  private void addIdle(int slot, int connections) {
    tenants.idle(slot, tenants.idle(slot) + connections);
    levels.add(tenants.frequency(slot), connections);
  }

  private void shrinkSample() {
    while (tenants.isFull()) {
      tenants.halve(order, levels);
    }
  }

  /** Borrows and returns are missing here: which leases there are is not known any more. */
  void gap() {
    tenants.forgetLeases();
    leases = 0;
  }

  /** Begins to count anew, knowing which connections there are. */
  void reset() {
    distances.clear();
    inFrequency.clear();
    needs.clear();
    borrows = 0;
    firsts = 0;
    leasesBefore = leases;
    idleBefore = idle();
  }

  private double idle() {
    return (double) order.size() * tenants.weight();
  }

  /** What was counted so far. */
  Tally tally() {
    return new Tally(
        borrows,
        firsts,
        distances.copy(),
        inFrequency.copy(),
        needs.copy(),
        new Tally.Stock(leasesBefore, idleBefore),
        new Tally.Stock(leases, idle()),
        tenants.size(),
        tenants.weight());
  }
}
