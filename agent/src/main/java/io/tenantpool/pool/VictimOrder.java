package io.tenantpool.pool;

import io.tenantpool.config.EvictionOrder;
import org.jspecify.annotations.Nullable;

/**
 * The tenants with a free connection, in the order in which they are victims: the rarest first, or
 * the least recently used ({@link EvictionOrder}, {@link OrderDuel}). They stand apart by what
 * decides whether somebody may be one (whether they are system tenants, whether they have a free
 * connection that is promised to nobody, one whose session no application remembers, and more than
 * their share), so that nobody who looks for a victim has to pass over others. Not thread-safe: the
 * server's lock guards it.
 */
final class VictimOrder {

  /** Tenants of one kind: ordinary ones, or system tenants. */
  private static final class Side {
    final TenantOrder surplus = new TenantOrder();
    final TenantOrder spare = new TenantOrder();
    final TenantOrder remembered = new TenantOrder();
    final TenantOrder promised = new TenantOrder();

    void clear() {
      surplus.clear();
      spare.clear();
      remembered.clear();
      promised.clear();
    }

    @Nullable TenantOrder of(TenantPool tenant) {
      if (!tenant.hasReady()) {
        return null;
      }
      if (tenant.spare() <= 0) {
        return promised;
      }
      if (tenant.stalestUnremembered() == null) {
        return remembered;
      }
      return tenant.isAboveShare() ? surplus : spare;
    }
  }

  private final Side ordinary = new Side();
  private final Side system = new Side();
  private OrderDuel duel;
  private long requests;
  private UseFrequency frequency;
  private EvictionOrder order;
  private int room;

  VictimOrder(PoolLimits limits) {
    order = limits.evictionOrder();
    room = limits.budget();
    frequency = UseFrequency.under(room);
    duel = new OrderDuel(room);
  }

  /** Another order, or another budget; what has been learnt is kept when it is neither. */
  void change(PoolLimits limits, Iterable<TenantPool> tenants) {
    if (order == limits.evictionOrder() && room == limits.budget()) {
      return;
    }
    order = limits.evictionOrder();
    room = limits.budget();
    UseFrequency other = UseFrequency.under(room);
    for (TenantPool tenant : tenants) {
      tenant.frequency = frequency.carriedOver(tenant.frequency, requests, other);
    }
    frequency = other;
    clear(tenants);
    for (TenantPool tenant : tenants) {
      place(tenant);
    }
  }

  /** What an operator wants. */
  EvictionOrder order() {
    return order;
  }

  /** Whether the rarest is the victim just now; else the least recently used. */
  boolean isInFrequency() {
    return order == EvictionOrder.FREQUENCY && duel.isInFrequency();
  }

  /** That order, or the other one while it proves better. */
  EvictionOrder orderNow() {
    return isInFrequency() ? EvictionOrder.FREQUENCY : EvictionOrder.LRU;
  }

  /** The tenant wants a connection. */
  void asked(TenantPool tenant) {
    if (order == EvictionOrder.FREQUENCY) {
      duel.asked(tenant, frequency, ++requests);
    }
  }

  /**
   * To be called whenever a tenant's free connections, their promises or its last return have
   * changed.
   */
  void place(TenantPool tenant) {
    TenantOrder to = (tenant.isSystem() ? system : ordinary).of(tenant);
    TenantOrder from = tenant.order;
    if (from == to && tenant.place == tenant.lastReturn()) {
      return;
    }
    if (from != null) {
      from.remove(tenant);
    }
    if (to != null) {
      to.add(tenant, order == EvictionOrder.FREQUENCY);
    }
  }

  /** Whichever of two is there and comes first. */
  @Nullable TenantPool earlier(@Nullable TenantPool one, @Nullable TenantPool other) {
    return TenantOrder.earlier(one, other, isInFrequency());
  }

  /**
   * The first of the tenants above their shares with a free connection that is promised to nobody
   * and that no application remembers.
   */
  @Nullable TenantPool surplus(boolean ofOrdinary, boolean ofSystem) {
    boolean inFrequency = isInFrequency();
    return TenantOrder.earlier(
        ofOrdinary ? ordinary.surplus.first(inFrequency) : null,
        ofSystem ? system.surplus.first(inFrequency) : null,
        inFrequency);
  }

  /**
   * The first tenant with a free connection that is promised to nobody.
   *
   * @param ofOrdinary whether it may be an ordinary tenant
   * @param ofSystem whether it may be a system tenant
   * @param remembered whether an application remembers all those sessions; else one that it does
   *     not remember is there
   */
  @Nullable TenantPool spare(boolean ofOrdinary, boolean ofSystem, boolean remembered) {
    return spare(ofOrdinary, ofSystem, remembered, isInFrequency());
  }

  private @Nullable TenantPool spare(
      boolean ofOrdinary, boolean ofSystem, boolean remembered, boolean inFrequency) {
    return TenantOrder.earlier(
        ofOrdinary ? spare(ordinary, remembered, inFrequency) : null,
        ofSystem ? spare(system, remembered, inFrequency) : null,
        inFrequency);
  }

  private static @Nullable TenantPool spare(Side side, boolean remembered, boolean inFrequency) {
    return remembered
        ? side.remembered.first(inFrequency)
        : TenantOrder.earlier(
            side.surplus.first(inFrequency), side.spare.first(inFrequency), inFrequency);
  }

  /** The first tenant with any free connection. */
  @Nullable TenantPool free(boolean ofOrdinary, boolean ofSystem) {
    boolean inFrequency = isInFrequency();
    return TenantOrder.earlier(
        ofOrdinary ? free(ordinary, inFrequency) : null,
        ofSystem ? free(system, inFrequency) : null,
        inFrequency);
  }

  private static @Nullable TenantPool free(Side side, boolean inFrequency) {
    TenantPool spare =
        TenantOrder.earlier(
            spare(side, false, inFrequency), side.remembered.first(inFrequency), inFrequency);
    return TenantOrder.earlier(spare, side.promised.first(inFrequency), inFrequency);
  }

  /** See {@link LedgerRepair}: nobody has a place any more, in no list. */
  void clear(Iterable<TenantPool> tenants) {
    duel = new OrderDuel(room);
    for (TenantPool tenant : tenants) {
      OrderDuel.forget(tenant);
      tenant.order = null;
      tenant.older = null;
      tenant.newer = null;
      tenant.late = false;
      tenant.inHeap = TenantHeap.NOWHERE;
    }
    ordinary.clear();
    system.clear();
  }
}
