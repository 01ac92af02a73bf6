package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The connections that an application and its own pools have got from one server, as they see it:
 * without the agent each of them would have been a connect. A request that failed is none.
 */
final class AskedConnections {

  /** An application has one or two kinds of pools; an operator may name some more. */
  static final int MOST_LIBRARIES = 16;

  static final String OTHERS = "others";

  private final LongAdder byApplication = new LongAdder();
  private final ConcurrentHashMap<String, LongAdder> byLibrary = new ConcurrentHashMap<>();

  /** The application has opened one itself. */
  void byApplication() {
    byApplication.increment();
  }

  /** That pool has opened one. */
  void byPool(Origin origin) {
    LongAdder count = byLibrary.get(origin.library());
    if (count == null) {
      String name = byLibrary.size() < MOST_LIBRARIES ? origin.library() : OTHERS;
      count = byLibrary.computeIfAbsent(name, first -> new LongAdder());
    }
    count.increment();
  }

  long ofApplication() {
    return byApplication.sum();
  }

  /** By the name of the pool library. */
  Map<String, Long> ofPools() {
    Map<String, Long> counts = new TreeMap<>();
    byLibrary.forEach((library, count) -> counts.put(library, count.sum()));
    return counts;
  }
}
