package io.tenantpool.observation.capacity;

import io.tenantpool.pool.UseFrequency;
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

  /** For each slot the newest idle connection. */
  private int[] newest = new int[16];

  /** For each slot the leases and how many are idle, of which nobody has more than fit. */
  private char[] counts = new char[32];

  private double[] frequencies = new double[16];

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
    return counts[2 * slot];
  }

  void held(int slot, int leases) {
    counts[2 * slot] = counted(leases);
  }

  /** The tenant's idle connections. */
  int idle(int slot) {
    return counts[2 * slot + 1];
  }

  void idle(int slot, int connections) {
    counts[2 * slot + 1] = counted(connections);
  }

  /** How often the tenant is asked for, as {@link UseFrequency} has it. */
  double frequency(int slot) {
    return frequencies[slot];
  }

  void frequency(int slot, double frequency) {
    frequencies[slot] = frequency;
  }

  void forgetLeases() {
    for (int i = 0; i < counts.length; i += 2) {
      counts[i] = 0;
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
  void halve(IdleOrder order, FrequencyLevels levels) {
    halvings++;
    TrackedTenants all = copy();
    allocate(names.length);
    for (int from = 0; from < all.names.length; from++) {
      String name = all.names[from];
      if (name == null) {
        continue;
      }
      if (isSampled(hash(name))) {
        put(name, all, from);
      } else {
        levels.add(all.frequency(from), -all.idle(from));
        for (int i = all.newest(from); i != IdleOrder.NONE; i = order.olderOfTenant(i)) {
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
    idle(slot, 0);
    frequency(slot, UseFrequency.NEVER);
    return slot;
  }

  private void grow() {
    TrackedTenants all = copy();
    allocate(2 * names.length);
    for (int from = 0; from < all.names.length; from++) {
      String name = all.names[from];
      if (name != null) {
        put(name, all, from);
      }
    }
  }

  /** The same arrays, which this one then gives up. */
  private TrackedTenants copy() {
    TrackedTenants same = new TrackedTenants(limit);
    same.names = names;
    same.newest = newest;
    same.counts = counts;
    same.frequencies = frequencies;
    return same;
  }

  private void allocate(int slots) {
    names = new String[slots];
    newest = new int[slots];
    counts = new char[2 * slots];
    frequencies = new double[slots];
    size = 0;
  }

  private void put(String name, TrackedTenants from, int there) {
    int slot = slot(name, hash(name));
    names[slot] = name;
    newest[slot] = from.newest[there];
    System.arraycopy(from.counts, 2 * there, counts, 2 * slot, 2);
    frequencies[slot] = from.frequencies[there];
    size++;
  }

  private static char counted(int connections) {
    return (char) Math.min(Character.MAX_VALUE, connections);
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
