package io.tenantpool.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** Failures of observation itself: each one counted, the first of each kind told. */
final class Faults {

  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final AtomicLong count = new AtomicLong();
  private final BiConsumer<String, Throwable> teller;

  Faults(BiConsumer<String, Throwable> teller) {
    this.teller = teller;
  }

  /** Never throws. */
  void report(String kind, Throwable failure) {
    count.incrementAndGet();
    if (told.add(kind)) {
      try {
        teller.accept(kind, failure);
      } catch (RuntimeException | Error unsayable) {
        // The log itself may be what failed; the count in JMX still tells.
        count.incrementAndGet();
      }
    }
  }

  long count() {
    return count.get();
  }
}
