package io.tenantpool.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Burns at one call of a driver; writes down all of them. */
final class Fuse {

  /** What a driver does instead of answering. */
  enum Fault {
    UNDECLARED(new IOException("undeclared")),
    REFUSAL(new SQLException("refused", "42501")),
    LOSS(new SQLException("lost", "08006")),
    RUNTIME(new IllegalStateException("runtime")),
    ERROR(new AssertionError("error")),
    STACK(new StackOverflowError("stack")),
    MEMORY(new OutOfMemoryError("memory")),
    @SuppressWarnings("removal")
    DEATH(new ThreadDeath()),
    NULL(null),
    /** A connection without anything of the driver's; for any other object null. */
    OTHER_TYPE(null);

    final @Nullable Throwable thrown;

    Fault(@Nullable Throwable thrown) {
      this.thrown = thrown;
    }
  }

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile @Nullable Fault fault;
  private volatile int at = -1;
  private int count;
  private String burnt = "";

  /** The call of that number, counted from now on, meets the fault. */
  synchronized void arm(int number, Fault with) {
    calls.clear();
    count = 0;
    at = number;
    fault = with;
    burnt = "";
  }

  /** The call that met the fault; empty when it was not made. */
  synchronized String burnt() {
    return burnt;
  }

  synchronized void disarm() {
    at = -1;
  }

  List<String> calls() {
    return calls;
  }

  /** Null when the call is to be made. */
  @Nullable Fault meets(String call) throws Throwable {
    Fault met;
    synchronized (this) {
      calls.add(call);
      met = count++ == at ? fault : null;
      burnt = met == null ? burnt : call;
    }
    if (met != null && met.thrown != null) {
      throw met.thrown;
    }
    return met;
  }
}
