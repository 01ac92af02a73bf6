package com.example.spring;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whom the current thread works for. */
final class CurrentTenant {

  private static final ThreadLocal<@Nullable Integer> CURRENT = new ThreadLocal<>();

  private CurrentTenant() {}

  static @Nullable Integer get() {
    return CURRENT.get();
  }

  static <T> T in(int tenant, Supplier<T> work) {
    CURRENT.set(tenant);
    try {
      return work.get();
    } finally {
      CURRENT.remove();
    }
  }
}
