package io.tenantpool.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a permit of the server, tenant by tenant: first those below their share, then the
 * others, each in the order of arrival, in which every connection that a tenant has already counts
 * as an arrival that was a {@linkplain SharingPolicy while} later, and being below its minimum as
 * one that was some of those earlier. Each tenant has at most one candidate here: its first waiter
 * for whom it may have one more connection; waiters whose own tenant is at its cap stand in the
 * tenant's line alone, so a greedy tenant's thousand threads cost nobody a look. System tenants
 * have a line of their own, since they may pass when the rest is reserved for them. Who may not be
 * served just now because too much is {@linkplain Exemption above the caps} is passed over. Not
 * thread-safe: the server's lock guards it.
 */
final class WaitingLine {

  private static final long HUNDREDTHS = 100;

  static final Comparator<Waiter> TURNS =
      (one, other) -> {
        int byRank = Integer.compare(one.rank, other.rank);
        if (byRank != 0) {
          return byRank;
        }
        int byTurn = Long.signum(one.turn - other.turn);
        return byTurn != 0 ? byTurn : Long.compare(one.order(), other.order());
      };

  private final ConnectCost cost;
  private final SharingPolicy policy;
  private final TreeSet<Waiter> ordinary = new TreeSet<>(TURNS);
  private final TreeSet<Waiter> system = new TreeSet<>(TURNS);

  /** Those of tenants that {@linkplain TenantPool#isInNeed need} one more than others do. */
  private final TreeSet<Waiter> inNeed = new TreeSet<>(TURNS);

  private int waiting;
  private int waitingOfSystem;

  /** Of the tenants that wait, how many connections more they are sure of and want. */
  private long inFront;

  private DepartureRate rate = new DepartureRate(0);

  WaitingLine(ConnectCost cost, SharingPolicy policy) {
    this.cost = cost;
    this.policy = policy;
  }

  void add(Waiter waiter, long now) {
    if (waiting == 0) {
      rate = new DepartureRate(now);
    }
    waiter.standsAt(now);
    waiter.tenant().addWaiter(waiter, now);
    waiting++;
    waitingOfSystem += waiter.tenant().isSystem() ? 1 : 0;
    refresh(waiter.tenant());
  }

  /**
   * Takes a waiter out; false when it was not in the line.
   *
   * @param moves whether those behind it come nearer by what they would have waited for it; not
   *     when it has waited for as long as they will
   */
  boolean remove(Waiter waiter, boolean moves) {
    if (!waiter.tenant().removeWaiter(waiter, moves)) {
      return false;
    }
    waiting--;
    waitingOfSystem -= waiter.tenant().isSystem() ? 1 : 0;
    if (moves) {
      rate.departed();
    }
    refresh(waiter.tenant());
    return true;
  }

  /** See {@link LedgerRepair}. */
  void recount(Iterable<TenantPool> tenants) {
    ordinary.clear();
    system.clear();
    inNeed.clear();
    waiting = 0;
    waitingOfSystem = 0;
    inFront = 0;
    for (TenantPool tenant : tenants) {
      tenant.candidate = null;
      tenant.inFront = 0;
      waiting += tenant.waiting();
      waitingOfSystem += tenant.isSystem() ? tenant.waiting() : 0;
      refresh(tenant);
    }
  }

  int waiting() {
    return waiting;
  }

  /**
   * Whether there is no place for one more waiter of the tenant. It leaves as many of {@code most}
   * places free as it has itself, so that however many threads one tenant has, another finds one.
   */
  boolean isFull(TenantPool tenant, int most) {
    int taken = tenant.isSystem() ? waitingOfSystem : waiting - waitingOfSystem;
    return tenant.waiting() >= most - taken;
  }

  /**
   * How long a newcomer of the tenant has to wait at least, if the lines go on to move as fast as
   * they do; 0 when that cannot be told. Both those of its own tenant who came before it and those
   * of all tenants who are sure of connections more are served first. Its tenant may come to be
   * served faster, by as many connections more as its cap allows; no more than its share while
   * others wait.
   */
  long expectedNanos(TenantPool tenant, long now) {
    boolean isAlone = waiting == tenant.waiting();
    int most = isAlone ? tenant.limit() : Math.max(tenant.share().share(), tenant.lent());
    double growth = (double) most / Math.max(1, Math.min(tenant.lent(), most));
    double own = nanos(tenant.waiting(), growth * tenant.departuresPerNano(now));
    double all = tenant.isSystem() ? 0 : nanos(inFront, rate.perNano(now));
    return (long) Math.max(own, all);
  }

  private static double nanos(long ahead, double perNano) {
    return perNano == 0 ? 0 : ahead / perNano;
  }

  /**
   * Sets the tenant's candidate anew; to be called whenever its waiters or the number of its
   * connections changed.
   */
  void refresh(TenantPool tenant) {
    int more = Math.min(tenant.waiting(), Math.max(0, tenant.share().share() - tenant.usable()));
    inFront += more - tenant.inFront;
    tenant.inFront = more;
    Waiter now = tenant.hasWaiters() ? tenant.nextToGrow() : null;
    Waiter before = tenant.candidate;
    int rank = tenant.rank();
    int handicap = tenant.handicap();
    // Where all shares are hard, all are alike.
    boolean needs = tenant.share().isElastic() && tenant.isInNeed();
    if (now == before
        && (now == null || (now.rank == rank && now.handicap == handicap && now.inNeed == needs))) {
      return;
    }
    TreeSet<Waiter> line = tenant.isSystem() ? system : ordinary;
    if (before != null) {
      line.remove(before);
      if (before.inNeed) {
        inNeed.remove(before);
      }
    }
    if (now != null) {
      now.rank = rank;
      now.handicap = handicap;
      now.inNeed = needs;
      now.turn =
          now.stoodAt() + handicap * policy.quantaForEach() * cost.quantumNanos() / HUNDREDTHS;
      line.add(now);
      if (needs) {
        inNeed.add(now);
      }
    }
    tenant.candidate = now;
  }

  boolean isEmpty() {
    return waiting == 0;
  }

  /** All candidates, in no order. */
  Iterable<Waiter> candidates() {
    List<Waiter> all = new ArrayList<>(ordinary);
    all.addAll(system);
    return all;
  }

  /** The candidate who is next. */
  @Nullable Waiter first() {
    return nearer(head(ordinary), head(system));
  }

  private static @Nullable Waiter nearer(@Nullable Waiter one, @Nullable Waiter other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return TURNS.compare(one, other) < 0 ? one : other;
  }

  /** The candidate who is next of those who need one more than others do. */
  @Nullable Waiter firstInNeed() {
    return head(inNeed);
  }

  /** The same of another tenant. */
  @Nullable Waiter firstInNeedOtherThan(TenantPool tenant) {
    return headOtherThan(inNeed, tenant);
  }

  /** The system tenants' candidate who is next. */
  @Nullable Waiter firstSystem() {
    return head(system);
  }

  /** The candidate of another tenant who is next. */
  @Nullable Waiter firstOtherThan(TenantPool tenant) {
    return nearer(headOtherThan(ordinary, tenant), headOtherThan(system, tenant));
  }

  /** The candidate of another system tenant who is next. */
  @Nullable Waiter firstSystemOtherThan(TenantPool tenant) {
    return headOtherThan(system, tenant);
  }

  private static @Nullable Waiter head(TreeSet<Waiter> line) {
    return headOtherThan(line, null);
  }

  private static @Nullable Waiter headOtherThan(TreeSet<Waiter> line, @Nullable TenantPool tenant) {
    for (Waiter waiter : line) {
      if (waiter.tenant() != tenant && waiter.tenant().mayGrowFor(waiter)) {
        return waiter;
      }
    }
    return null;
  }
}
