package io.tenantpool.connection;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of one driver's pool keys, each for as long as a logical connection has it: a tenant
 * without connections leaves nothing here, least of all its password, which is part of the key.
 * Thread-safe.
 */
final class Profiles {

  /** A pool key, for as long as its profile has it. Equal to others while that lasts. */
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object poolKey) {
      super(poolKey);
      hash = poolKey.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (other == this) {
        return true;
      }
      Object own = get();
      return own != null && other instanceof Key key && own.equals(key.get());
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private static final class Entry extends WeakReference<Profile> {
    private final Key key;

    Entry(Key key, Profile profile, ReferenceQueue<Profile> gone) {
      super(profile, gone);
      this.key = key;
    }
  }

  private final ConcurrentMap<Key, Entry> entries = new ConcurrentHashMap<>();
  private final ReferenceQueue<Profile> gone = new ReferenceQueue<>();

  @Nullable Profile find(Object poolKey) {
    Entry entry = entries.get(new Key(poolKey));
    return entry == null ? null : entry.get();
  }

  void put(Profile profile) {
    for (Reference<?> dead = gone.poll(); dead != null; dead = gone.poll()) {
      Entry entry = (Entry) dead;
      entries.remove(entry.key, entry);
    }
    Key key = new Key(profile.poolKey());
    // A map keeps the key that it has, which would go with the profile before.
    entries.remove(key);
    entries.put(key, new Entry(key, profile, gone));
  }

  int size() {
    return entries.size();
  }
}
