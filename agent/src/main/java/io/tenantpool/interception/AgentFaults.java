package io.tenantpool.interception;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what went wrong inside the agent and was kept from the application, and says so the first
 * time. Thread-safe.
 */
public final class AgentFaults {

  private static final int FRAMES = 12;

  private final AtomicLong count = new AtomicLong();
  private final PrintStream out;

  /** Says it on {@code out}. */
  public AgentFaults(PrintStream out) {
    this.out = out;
  }

  /** How many there were. */
  public long count() {
    return count.get();
  }

  /**
   * One more; {@code what} says what could not be done. The fault's own message is left out, for
   * nobody knows whether it holds a secret.
   */
  public void report(String what, Throwable fault) {
    if (count.getAndIncrement() > 0) {
      return;
    }
    StringBuilder line =
        new StringBuilder("tenant-pool-agent: ")
            .append(what)
            .append(" (said once, counted from now on): ")
            .append(fault.getClass().getName());
    StackTraceElement[] frames = fault.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
      line.append(i == 0 ? " at " : " < ").append(frames[i]);
    }
    out.println(line);
  }

  /** Says something that is no fault of the agent, on one line. */
  void say(String line) {
    out.println("tenant-pool-agent: ".concat(line));
  }
}
