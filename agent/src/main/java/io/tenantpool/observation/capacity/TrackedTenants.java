package io.tenantpool.observation.capacity;

import org.jspecify.annotations.Nullable;

/**
 * The tenants whose connections are followed. All of them up to a limit; beyond it a sample, chosen
 * by a hash of the name, as SHARDS does (Waldspurger and others, FAST 2015): each time the limit is
 * reached, half of the range of hashes is given up. An open hash table without an object for each
 * tenant; the names belong to the pool anyway. Not thread-safe.
 */
final class TrackedTenants {

  /** The tenant is not in the sample. */
  static final int NOT_SAMPLED = -1;

  private final int limit;
  private @Nullable String[] names = new String[16];

  /** For each slot the newest idle connection and the leases: side by side, for both are needed. */
  private int[] states = new int[32];

  private int size;
  private int halvings;

  TrackedTenants(int limit) {
    this.limit = limit;
  }

  int size() {
    return size;
  }

  /** How many tenants each of the tracked ones stands for: 1, or a higher power of two. */
  int weight() {
    return 1 << halvings;
  }

  /** Whether the next new tenant needs a smaller sample. */
  boolean isFull() {
    return size == limit;
  }

  /** Where {@code tenant} is, after {@link #add} if need be; valid until the next change. */
  int find(String tenant) {
    int hash = hash(tenant);
    if (!isSampled(hash)) {
      return NOT_SAMPLED;
    }
    int slot = slot(tenant, hash);
    return names[slot] == null ? add(tenant, hash) : slot;
  }

  /** The tenant's connection that came back last, or {@link IdleOrder#NONE}. */
  int newest(int slot) {
    return states[2 * slot];
  }

  void newest(int slot, int position) {
    states[2 * slot] = position;
  }

  /** The tenant's leases that were seen to begin. */
  int held(int slot) {
    return states[2 * slot + 1];
  }

  void held(int slot, int leases) {
    states[2 * slot + 1] = leases;
  }

  void forgetLeases() {
    for (int i = 1; i < states.length; i += 2) {
      states[i] = 0;
    }
  }

  /** The connections have new positions. */
  void moved(int[] positions) {
    for (int slot = 0; slot < names.length; slot++) {
      if (names[slot] != null && newest(slot) != IdleOrder.NONE) {
        newest(slot, positions[newest(slot)]);
      }
    }
  }

  /** Gives up half of the sample, with the connections of those tenants. */
  void halve(IdleOrder order) {
    halvings++;
    @Nullable String[] allNames = names;
    int[] allStates = states;
    allocate(names.length);
    for (int from = 0; from < allNames.length; from++) {
      String name = allNames[from];
      if (name == null) {
        continue;
      }
      if (isSampled(hash(name))) {
        put(name, allStates[2 * from], allStates[2 * from + 1]);
      } else {
        for (int i = allStates[2 * from]; i != IdleOrder.NONE; i = order.olderOfTenant(i)) {
          order.remove(i);
        }
      }
    }
  }

  private int add(String tenant, int hash) {
    if (size + 1 > names.length / 4 * 3) {
      grow();
    }
    size++;
    int slot = slot(tenant, hash);
    names[slot] = tenant;
    newest(slot, IdleOrder.NONE);
    held(slot, 0);
    return slot;
  }

  private void grow() {
    @Nullable String[] allNames = names;
    int[] allStates = states;
    allocate(2 * names.length);
    for (int from = 0; from < allNames.length; from++) {
      String name = allNames[from];
      if (name != null) {
        put(name, allStates[2 * from], allStates[2 * from + 1]);
      }
    }
  }

  private void allocate(int slots) {
    names = new String[slots];
    states = new int[2 * slots];
    size = 0;
  }

  private void put(String name, int position, int leases) {
    int slot = slot(name, hash(name));
    names[slot] = name;
    newest(slot, position);
    held(slot, leases);
    size++;
  }

  private int slot(String tenant, int hash) {
    int mask = names.length - 1;
    int slot = hash & mask;
    while (names[slot] != null && !tenant.equals(names[slot])) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isSampled(int hash) {
    return halvings == 0 || hash >>> (Integer.SIZE - halvings) == 0;
  }

  /** Spreads the differences of similar names over all bits (MurmurHash3's last step). */
  private static int hash(String tenant) {
    int hash = tenant.hashCode();
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }
}
