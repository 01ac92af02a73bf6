package io.tenantpool.observation.capacity;

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
 * <p>With more tenants than can be followed, a sample of them stands for all: distances and counts
 * are scaled, and the difference to the true number of borrows is put to the nearest distance
 * (SHARDS<sub>adj</sub>). What is leased is always counted in full. Not thread-safe.
 */
final class ReuseDistances {

  /** The largest cap that {@code tenantpool.max-connections} can have. */
  static final int LARGEST_CAP = 10_000;

  private final TrackedTenants tenants;
  private final IdleOrder order = new IdleOrder();
  private final Histogram distances = new Histogram(LARGEST_CAP);
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
    needs.add(before, 1);
    int slot = tenants.find(tenant);
    int weight = tenants.weight();
    if (weight > 1) {
      distances.add(before + 1, 1);
    }
    if (slot == TrackedTenants.NOT_SAMPLED) {
      return;
    }
    if (weight > 1) {
      distances.add(before + 1, -weight);
    }
    tenants.held(slot, tenants.held(slot) + 1);
    int connection = tenants.newest(slot);
    if (connection == IdleOrder.NONE) {
      firsts += weight;
      shrinkSample();
    } else {
      distances.add(before + 1L + (long) order.newerThan(connection) * weight, weight);
      tenants.newest(slot, order.olderOfTenant(connection));
      order.remove(connection);
    }
  }

  /** A lease of {@code tenant} ends. */
  void returned(String tenant) {
    if (order.isFull()) {
      tenants.moved(order.compact(tenants.size()));
    }
    int slot = tenants.find(tenant);
    if (slot == TrackedTenants.NOT_SAMPLED) {
      leases = Math.max(0, leases - 1);
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
    }
    tenants.newest(slot, order.add(connection));
    shrinkSample();
  }

  private void shrinkSample() {
    while (tenants.isFull()) {
      tenants.halve(order);
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
        needs.copy(),
        new Tally.Stock(leasesBefore, idleBefore),
        new Tally.Stock(leases, idle()),
        tenants.size(),
        tenants.weight());
  }
}
