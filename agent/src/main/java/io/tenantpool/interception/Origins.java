package io.tenantpool.interception;

import io.tenantpool.connection.Origin;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The {@link Origin} of each pool instance: one for as long as the pool is in use, told apart by
 * identity whatever its {@code equals} says. A pool that nobody else holds is forgotten.
 * Thread-safe.
 */
final class Origins {

  private final Creations creations;
  private final ConcurrentMap<Key, PoolInstance> origins = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  /** {@code creations} knows which thread is in which pool's creating method. */
  Origins(Creations creations) {
    this.creations = creations;
  }

  /** What is known of {@code pool}, an instance of {@code library}. */
  PoolInstance of(Object pool, String library) {
    forgetCollected();
    return origins.computeIfAbsent(
        new Key(pool, collected),
        key -> new PoolInstance(new Origin(library), new PoolQuestion(pool, library, creations)));
  }

  /** How many pools are remembered. */
  int size() {
    forgetCollected();
    return origins.size();
  }

  private void forgetCollected() {
    for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
      origins.remove(gone);
    }
  }

  private static final class Key extends WeakReference<Object> {

    private final int hash;

    Key(Object pool, ReferenceQueue<Object> queue) {
      super(pool, queue);
      hash = System.identityHashCode(pool);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Object mine = get();
      return mine != null && other instanceof Key key && key.refersTo(mine);
    }
  }
}
