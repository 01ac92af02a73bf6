package io.tenantpool.pool;

import org.jspecify.annotations.Nullable;

/**
 * The tenants with a free connection, in the order of their last return: the first one is the
 * victim. They stand apart by what decides whether somebody may be one (whether they are system
 * tenants, whether they have a free connection that is promised to nobody, one whose session no
 * application remembers, and more than their share), so that nobody who looks for a victim has to
 * pass over others. Not thread-safe: the server's lock guards it.
 */
final class LeastRecentlyUsed {

  /** Tenants of one kind: ordinary ones, or system tenants. */
  private static final class Side {
    final ReturnOrder surplus = new ReturnOrder();
    final ReturnOrder spare = new ReturnOrder();
    final ReturnOrder remembered = new ReturnOrder();
    final ReturnOrder promised = new ReturnOrder();

    void clear() {
      surplus.clear();
      spare.clear();
      remembered.clear();
      promised.clear();
    }

    @Nullable ReturnOrder of(TenantPool tenant) {
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

  /**
   * To be called whenever a tenant's free connections, their promises or its last return have
   * changed.
   */
  void place(TenantPool tenant) {
    ReturnOrder to = (tenant.isSystem() ? system : ordinary).of(tenant);
    ReturnOrder from = tenant.order;
    if (from == to && tenant.place == tenant.lastReturn()) {
      return;
    }
    if (from != null) {
      from.remove(tenant);
    }
    if (to != null) {
      to.add(tenant);
    }
  }

  /**
   * The least recently used tenant with a free connection that is promised to nobody.
   *
   * @param ofOrdinary whether it may be an ordinary tenant
   * @param ofSystem whether it may be a system tenant
   * @param remembered whether an application remembers all those sessions; else one that it does
   *     not remember is there
   */
  @Nullable TenantPool spare(boolean ofOrdinary, boolean ofSystem, boolean remembered) {
    return ReturnOrder.earlier(
        ofOrdinary ? spare(ordinary, remembered) : null,
        ofSystem ? spare(system, remembered) : null);
  }

  private static @Nullable TenantPool spare(Side side, boolean remembered) {
    return remembered
        ? side.remembered.first()
        : ReturnOrder.earlier(side.surplus.first(), side.spare.first());
  }

  /**
   * The least recently used of the tenants above their shares with a free connection that is
   * promised to nobody and that no application remembers.
   */
  @Nullable TenantPool surplus(boolean ofOrdinary, boolean ofSystem) {
    return ReturnOrder.earlier(
        ofOrdinary ? ordinary.surplus.first() : null, ofSystem ? system.surplus.first() : null);
  }

  /** The least recently used tenant with any free connection. */
  @Nullable TenantPool free(boolean ofOrdinary, boolean ofSystem) {
    return ReturnOrder.earlier(ofOrdinary ? free(ordinary) : null, ofSystem ? free(system) : null);
  }

  private static @Nullable TenantPool free(Side side) {
    TenantPool spare = ReturnOrder.earlier(spare(side, false), side.remembered.first());
    return ReturnOrder.earlier(spare, side.promised.first());
  }

  /** See {@link LedgerRepair}: nobody has a place any more. */
  void clear(Iterable<TenantPool> tenants) {
    for (TenantPool tenant : tenants) {
      tenant.order = null;
      tenant.older = null;
      tenant.newer = null;
      tenant.late = false;
    }
    ordinary.clear();
    system.clear();
  }
}
