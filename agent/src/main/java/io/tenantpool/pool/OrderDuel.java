package io.tenantpool.pool;

/**
 * Which of the two orders of victims would have had more hits lately. Each has a directory of the
 * tenants that would have a connection had it always been in force, one each, with the budget as
 * the only bound: a model of the server that costs a few writes and a logarithm for each request.
 * Not thread-safe: the server's lock guards it.
 */
final class OrderDuel {

  /** A hit counts for the e-th part after so many requests for each connection of the budget. */
  private static final int WINDOW_FOR_EACH = 10;

  /** Hits by which the other order has to be ahead before it is in force. */
  private static final double LEAD = 1;

  /** The tenants that would have a connection, were the rarest always the victims. */
  private static final class Frequent extends TenantHeap {
    @Override
    int place(TenantPool tenant) {
      return tenant.inFrequent;
    }

    @Override
    void place(TenantPool tenant, int at) {
      tenant.inFrequent = at;
    }

    @Override
    boolean isEarlier(TenantPool one, TenantPool other) {
      return one.frequency < other.frequency;
    }
  }

  /** The tenants that would have one by LRU. */
  private static final class Recent extends TenantHeap {
    @Override
    int place(TenantPool tenant) {
      return tenant.inRecent;
    }

    @Override
    void place(TenantPool tenant, int at) {
      tenant.inRecent = at;
    }

    @Override
    boolean isEarlier(TenantPool one, TenantPool other) {
      return one.lastAsked < other.lastAsked;
    }
  }

  private final Frequent frequent = new Frequent();
  private final Recent recent = new Recent();
  private final int room;
  private double ahead;

  /** LRU until the other one has shown that it is better. */
  private boolean inFrequency;

  OrderDuel(int room) {
    this.room = room;
  }

  /** Whether the rarest is the victim; else the least recently used. */
  boolean isInFrequency() {
    return inFrequency;
  }

  /** The tenant wants a connection, for the so-manieth time that anybody does. */
  void asked(TenantPool tenant, UseFrequency frequency, long number) {
    boolean byFrequency = isHit(frequent, tenant);
    boolean byRecency = isHit(recent, tenant);
    tenant.frequency = frequency.used(tenant.frequency, number);
    tenant.lastAsked = number;
    frequent.comesLater(tenant);
    recent.comesLater(tenant);
    ahead -= ahead / ((double) WINDOW_FOR_EACH * room);
    ahead += (byFrequency ? 1 : 0) - (byRecency ? 1 : 0);
    if (inFrequency ? ahead < -LEAD : ahead > LEAD) {
      inFrequency = !inFrequency;
    }
  }

  /** Whether the tenant is there; if not, whoever has to make room for it goes. */
  private boolean isHit(TenantHeap directory, TenantPool tenant) {
    boolean isThere = directory.place(tenant) != TenantHeap.NOWHERE;
    TenantPool first = directory.first();
    if (!isThere && directory.size() >= room && first != null) {
      directory.remove(first);
    }
    return isThere;
  }

  /** The directories of another duel begin empty: nobody is in one. */
  static void forget(TenantPool tenant) {
    tenant.inFrequent = TenantHeap.NOWHERE;
    tenant.inRecent = TenantHeap.NOWHERE;
  }
}
