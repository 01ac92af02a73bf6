package io.tenantpool.routing;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The URLs routed lately, by their text. Each text has two slots, and a new text takes the place of
 * an older one: the cache never grows, whatever URLs an application makes up. A URL that is longer
 * than {@value #LONGEST} characters is not kept, which bounds the memory too. No locks: a slot is
 * read once, and at worst two threads make the same entry.
 *
 * <p>A URL with a secret is kept no longer than a pool key of it: once nobody uses a password, it
 * is not found here either.
 */
final class UrlCache {

  static final int SLOTS = 8192;
  static final int LONGEST = 1024;

  /** An entry, or a weak reference to one. */
  private final AtomicReferenceArray<@Nullable Object> slots = new AtomicReferenceArray<>(SLOTS);

  /** The entry of {@code text}, or null. */
  @Nullable RoutedUrl get(String text) {
    int slot = slot(text);
    RoutedUrl first = entry(slots.get(slot));
    if (first != null && first.text().equals(text)) {
      return first;
    }
    RoutedUrl second = entry(slots.get(slot ^ 1));
    return second != null && second.text().equals(text) ? second : null;
  }

  /** Keeps an entry; what was in its slot moves to the neighbour, and what was there is dropped. */
  void put(RoutedUrl entry) {
    if (entry.text().length() > LONGEST) {
      return;
    }
    int slot = slot(entry.text());
    Object before = slots.getAndSet(slot, entry.hasSecret() ? new WeakReference<>(entry) : entry);
    RoutedUrl older = entry(before);
    if (older != null && !older.text().equals(entry.text())) {
      slots.set(slot ^ 1, before);
    }
  }

  private static @Nullable RoutedUrl entry(@Nullable Object slot) {
    return slot instanceof WeakReference<?> kept ? (RoutedUrl) kept.get() : (RoutedUrl) slot;
  }

  private static int slot(String text) {
    int hash = text.hashCode();
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }
}
