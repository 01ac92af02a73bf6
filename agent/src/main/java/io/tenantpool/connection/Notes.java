package io.tenantpool.connection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What calls beside have done, for the books of their connection, which belong to whoever is
 * inside: it enters them before anything else, in the order in which they were made. Thread-safe.
 */
final class Notes {

  private @Nullable List<Runnable> notes;

  /** Whether there are any; written after them, under the monitor. */
  private volatile boolean pending;

  /** By a call beside, before it leaves. */
  synchronized void add(Runnable note) {
    if (notes == null) {
      notes = new ArrayList<>(4);
    }
    notes.add(note);
    pending = true;
  }

  boolean isPending() {
    return pending;
  }

  /** From inside. */
  void enter() {
    if (pending) {
      take().forEach(Runnable::run);
    }
  }

  private synchronized List<Runnable> take() {
    List<Runnable> taken = notes == null ? List.of() : notes;
    notes = null;
    pending = false;
    return taken;
  }
}
