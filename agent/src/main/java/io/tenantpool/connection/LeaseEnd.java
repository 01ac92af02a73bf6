package io.tenantpool.connection;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * The end of the last lease of one logical connection: by the connection itself, or, if the
 * application lost that without closing it, after the garbage collector found it. pgjdbc closes the
 * socket of a lost connection in the same way; without this a lost connection would hold its permit
 * for ever.
 */
final class LeaseEnd implements Runnable {

  /** Finds what the application lost, for watched connections too. */
  static final Cleaner CLEANER = Cleaner.create();

  private Cleaner.@Nullable Cleanable registration;
  private volatile @Nullable Binding binding;
  private volatile boolean closed;

  private LeaseEnd() {}

  /**
   * The end of the last lease of {@code owner}, which has none yet. The owner is reachable as long
   * as a call or any object made from it is, so nobody is with the driver when it is lost.
   */
  static LeaseEnd of(LogicalConnection owner) {
    LeaseEnd end = new LeaseEnd();
    end.registration = CLEANER.register(owner, end);
    return end;
  }

  /** The owner holds this one from now on; null when none. */
  void holds(@Nullable Binding current) {
    binding = current;
  }

  /** Ends the lease, if there is one, of a connection that was closed; called once. */
  void now() {
    closed = true;
    boolean done = false;
    try {
      Cleaner.Cleanable registered = registration;
      if (registered != null) {
        registered.clean();
      }
      done = true;
    } finally {
      Binding last = binding;
      Tenure tenure = done || last == null ? null : last.tenure;
      if (tenure != null) {
        // Nothing but writes of fields: there may be no stack left for a call.
        tenure.isOver = true;
        tenure.custody.isLeft = true;
      }
    }
  }

  /** Runs once, whoever comes first: {@link #now} or the garbage collector. */
  @Override
  public void run() {
    Binding last = binding;
    if (last != null) {
      last.end(!closed);
    }
  }
}
