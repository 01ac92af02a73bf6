package io.tenantpool.upkeep;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which the agent says that something went wrong inside it and was kept from the
 * application. Each fault is counted by kind; it is told to the log as soon as there is one, and
 * printed before. A place that fails again and again has one fault on its way at a time, so that it
 * crowds nothing else out. Thread-safe; no method throws.
 */
public final class Faults {

  /** Where faults go; called by any thread. */
  public interface Teller {

    /** Takes it, to {@linkplain Fault#take tell} it soon; false when there is no room. */
    boolean tell(Fault fault);
  }

  private static final FaultKind[] KINDS = FaultKind.values();

  /** More places than the agent has; a bound all the same. */
  private static final int MOST_PLACES = 500;

  private static final int MOST_PRINTED = 50;

  private final AtomicLongArray counts = new AtomicLongArray(KINDS.length);
  private final ConcurrentHashMap<Fault.Place, Fault.Tally> tallies = new ConcurrentHashMap<>();
  private final PrintStream out;
  private volatile @Nullable Teller teller;

  /** Says them on {@code out} until there is a log. */
  public Faults(PrintStream out) {
    this.out = out;
  }

  /** Has {@code log} told of all that is reported from now on. */
  public void tellTo(Teller log) {
    teller = log;
  }

  /** One more; {@code what} says in the same words each time what went wrong. */
  public void report(FaultKind kind, String what, Throwable failure) {
    report(kind, what, null, failure);
  }

  /** The same of one thing of many: a server, a class, a thread. */
  public void report(FaultKind kind, String what, @Nullable String about, Throwable failure) {
    // Counted before anything is allocated: the heap may be what is full.
    counts.incrementAndGet(kind.ordinal());
    try {
      tell(new Fault.Place(kind, what), about, failure);
    } catch (Throwable unsayable) {
      // The count still tells, and so does the next one of this place.
    }
  }

  private void tell(Fault.Place place, @Nullable String about, Throwable failure) {
    Fault.Tally tally = tallies.get(place);
    if (tally == null) {
      if (tallies.size() >= MOST_PLACES) {
        return;
      }
      Fault.Tally added = new Fault.Tally();
      Fault.Tally before = tallies.putIfAbsent(place, added);
      tally = before == null ? added : before;
    }
    tally.untold.incrementAndGet();
    if (!tally.waits.compareAndSet(false, true)) {
      return;
    }
    boolean told = false;
    try {
      Fault fault = new Fault(place, tally, about, failure);
      Teller log = teller;
      told = log == null ? print(fault) : log.tell(fault);
    } finally {
      if (!told) {
        tally.waits.set(false);
      }
    }
  }

  /** Once a place, until there is a log. */
  private boolean print(Fault fault) {
    if (fault.isFirst() && tallies.size() <= MOST_PRINTED) {
      out.println(
          "tenant-pool-agent: "
              + fault.place().what()
              + (fault.about() == null ? "" : " (" + fault.about() + ")")
              + " (said once, counted from now on): "
              + fault.failure()
              + " at "
              + fault.stack());
    }
    return false;
  }

  /** Says something that is no fault, on one line. */
  public void say(String line) {
    out.println("tenant-pool-agent: ".concat(line));
  }

  /** How many there were. */
  public long count() {
    long sum = 0;
    for (FaultKind kind : KINDS) {
      sum += count(kind);
    }
    return sum;
  }

  /** How many of one kind there were. */
  public long count(FaultKind kind) {
    return counts.get(kind.ordinal());
  }

  /** How often the driver went on without the agent. */
  public long ofTheAgent() {
    long sum = 0;
    for (FaultKind kind : KINDS) {
      sum += kind.isOfTheAgent() ? count(kind) : 0;
    }
    return sum;
  }

  /** How often only what operators see was affected. */
  public long ofObservation() {
    long sum = 0;
    for (FaultKind kind : KINDS) {
      sum += kind.isOfObservation() ? count(kind) : 0;
    }
    return sum;
  }

  /** All kinds and how many there were, 0 included. */
  public Map<String, Long> byKind() {
    Map<String, Long> all = new TreeMap<>();
    for (FaultKind kind : KINDS) {
      all.put(kind.name(), count(kind));
    }
    return all;
  }
}
