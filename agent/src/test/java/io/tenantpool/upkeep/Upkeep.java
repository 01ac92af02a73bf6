package io.tenantpool.upkeep;

import java.util.List;

/** Faults and threads for tests. */
public final class Upkeep {

  private Upkeep() {}

  /** Threads of their own, whose faults are printed. */
  public static AgentThreads threads() {
    return threads(new Faults(System.err));
  }

  /** Threads of their own. */
  public static AgentThreads threads(Faults faults) {
    return new AgentThreads(faults, System::nanoTime);
  }

  /** Faults of which those that are told go to {@code told}, as their place, at once. */
  public static Faults faults(List<String> told) {
    Faults faults = new Faults(System.err);
    faults.tellTo(fault -> told.add(fault.place().what()));
    return faults;
  }

  /** So many faults of that kind. */
  public static Faults of(FaultKind kind, int count) {
    Faults faults = new Faults(System.err);
    faults.tellTo(fault -> true);
    for (int i = 0; i < count; i++) {
      faults.report(kind, "made by a test", new IllegalStateException());
    }
    return faults;
  }

  /** A thread of the test's own that does these rounds. */
  public static Thread rounds(AgentThread.Round round) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (round.run()) {
                  // The next one.
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    return thread;
  }
}
