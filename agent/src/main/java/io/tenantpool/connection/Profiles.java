package io.tenantpool.connection;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of one driver's pool keys, each for as long as a logical connection has it: a tenant
 * without connections leaves nothing here. Thread-safe.
 */
final class Profiles {

  private static final class Entry extends WeakReference<Profile> {
    private final Object poolKey;

    Entry(Object poolKey, Profile profile, ReferenceQueue<Profile> gone) {
      super(profile, gone);
      this.poolKey = poolKey;
    }
  }

  private final ConcurrentMap<Object, Entry> entries = new ConcurrentHashMap<>();
  private final ReferenceQueue<Profile> gone = new ReferenceQueue<>();

  @Nullable Profile find(Object poolKey) {
    Entry entry = entries.get(poolKey);
    return entry == null ? null : entry.get();
  }

  void put(Object poolKey, Profile profile) {
    for (Reference<?> dead = gone.poll(); dead != null; dead = gone.poll()) {
      Entry entry = (Entry) dead;
      entries.remove(entry.poolKey, entry);
    }
    entries.put(poolKey, new Entry(poolKey, profile, gone));
  }

  int size() {
    return entries.size();
  }
}
