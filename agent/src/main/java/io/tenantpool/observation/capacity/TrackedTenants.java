package io.tenantpool.observation.capacity;

import java.util.Arrays;
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
  private int[] newest = new int[16];
  private int[] held = new int[16];
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
    return newest[slot];
  }

  void newest(int slot, int position) {
    newest[slot] = position;
  }

  /** The tenant's leases that were seen to begin. */
  int held(int slot) {
    return held[slot];
  }

  void held(int slot, int leases) {
    held[slot] = leases;
  }

  void forgetLeases() {
    Arrays.fill(held, 0);
  }

  /** The connections have new positions. */
  void moved(int[] positions) {
    for (int slot = 0; slot < names.length; slot++) {
      if (names[slot] != null && newest[slot] != IdleOrder.NONE) {
        newest[slot] = positions[newest[slot]];
      }
    }
  }

  /** Gives up half of the sample, with the connections of those tenants. */
  void halve(IdleOrder order) {
    halvings++;
    @Nullable String[] allNames = names;
    int[] allNewest = newest;
    int[] allHeld = held;
    allocate(names.length);
    for (int from = 0; from < allNames.length; from++) {
      String name = allNames[from];
      if (name == null) {
        continue;
      }
      if (isSampled(hash(name))) {
        put(name, allNewest[from], allHeld[from]);
      } else {
        for (int i = allNewest[from]; i != IdleOrder.NONE; i = order.olderOfTenant(i)) {
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
    newest[slot] = IdleOrder.NONE;
    held[slot] = 0;
    return slot;
  }

  private void grow() {
    @Nullable String[] allNames = names;
    int[] allNewest = newest;
    int[] allHeld = held;
    allocate(2 * names.length);
    for (int from = 0; from < allNames.length; from++) {
      String name = allNames[from];
      if (name != null) {
        put(name, allNewest[from], allHeld[from]);
      }
    }
  }

  private void allocate(int slots) {
    names = new String[slots];
    newest = new int[slots];
    held = new int[slots];
    size = 0;
  }

  private void put(String name, int position, int leases) {
    int slot = slot(name, hash(name));
    names[slot] = name;
    newest[slot] = position;
    held[slot] = leases;
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
