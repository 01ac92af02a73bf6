package io.tenantpool.upkeep;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The agent's threads, which watch each other: each one looks, after a round, once a second at
 * most, whether all that are to run do, and starts those that do not. So all would have to die
 * within the same second. Those that come and go with a server are not here: the housekeeper, which
 * knows the servers, {@linkplain AgentThread#ensure sees} to them. Thread-safe.
 */
public final class AgentThreads {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Faults faults;
  private final LongSupplier clock;
  private final List<AgentThread> watched = new CopyOnWriteArrayList<>();
  private volatile long lookedAt;

  /** None yet; {@code clock} counts nanoseconds. */
  public AgentThreads(Faults faults, LongSupplier clock) {
    this.faults = faults;
    this.clock = clock;
    this.lookedAt = clock.getAsLong();
  }

  /** One that the others watch, to be started; there for as long as the agent. */
  public AgentThread thread(String name, AgentThread.Round round) {
    AgentThread made = unwatched(name, round);
    watched.removeIf(AgentThread::hasEnded);
    watched.add(made);
    return made;
  }

  /** One that its maker watches. It watches the others all the same. */
  public AgentThread unwatched(String name, AgentThread.Round round) {
    return new AgentThread(this, name, round);
  }

  /** Looks whether all run, when that is due; any thread may do it. */
  public void look() {
    long now = nanos();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      for (AgentThread thread : watched) {
        thread.ensure();
      }
    }
  }

  /** Where their faults go. */
  public Faults faults() {
    return faults;
  }

  long nanos() {
    return clock.getAsLong();
  }
}
