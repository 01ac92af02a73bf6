package com.example.quartz;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The runs of one tenant's jobs. */
final class Count {

  private static final Map<String, Count> ALL = new ConcurrentHashMap<>();

  private final CountDownLatch done;
  private final AtomicInteger first = new AtomicInteger();
  private final AtomicInteger later = new AtomicInteger();

  private Count(int runs) {
    done = new CountDownLatch(runs);
  }

  static void expect(String tenant, int runs) {
    ALL.put(tenant, new Count(runs));
  }

  static Count of(String tenant) {
    return Objects.requireNonNull(ALL.get(tenant), tenant);
  }

  void ran(int time) {
    (time == 1 ? first : later).incrementAndGet();
    done.countDown();
  }

  CountDownLatch done() {
    return done;
  }

  String figures() {
    return "first runs " + first + ", second runs " + later;
  }
}
