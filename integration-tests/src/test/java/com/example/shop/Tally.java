package com.example.shop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What has been done so far. Thread-safe. */
final class Tally {

  private static final int KINDS_TO_SHOW = 10;

  final LongAdder units = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder orders = new LongAdder();
  final Latencies latencies = new Latencies();
  private final Set<Tenant> served = ConcurrentHashMap.newKeySet();
  private final Set<String> kindsOfFailure = ConcurrentHashMap.newKeySet();

  void done(Tenant tenant, long nanos) {
    units.increment();
    served.add(tenant);
    latencies.add(nanos);
  }

  /** How many tenants there are for whom something was done. */
  int tenants() {
    return served.size();
  }

  /** Counts a failure; prints it when it is the first of its kind and there are few kinds yet. */
  void failed(String where, Throwable failure) {
    failures.increment();
    if (kindsOfFailure.size() < KINDS_TO_SHOW && kindsOfFailure.add(kindOf(failure))) {
      System.err.println("failed in " + where + ": " + failure);
    }
  }

  private static String kindOf(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    Throwable cause = failure.getCause();
    return failure.getClass().getName()
        + (trace.length == 0 ? "" : trace[0])
        + (cause == null ? "" : cause.getMessage());
  }
}
