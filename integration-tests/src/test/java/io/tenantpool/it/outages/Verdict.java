package io.tenantpool.it.outages;

import static io.tenantpool.it.outages.Sight.Figure.ACTIVE;
import static io.tenantpool.it.outages.Sight.Figure.BACK;
import static io.tenantpool.it.outages.Sight.Figure.BORROWS;
import static io.tenantpool.it.outages.Sight.Figure.FAILED;
import static io.tenantpool.it.outages.Sight.Figure.FAILED_LATER;
import static io.tenantpool.it.outages.Sight.Figure.FAILED_OF_OTHER;
import static io.tenantpool.it.outages.Sight.Figure.HANGING;
import static io.tenantpool.it.outages.Sight.Figure.HELD;
import static io.tenantpool.it.outages.Sight.Figure.HICCUP;
import static io.tenantpool.it.outages.Sight.Figure.SOCKETS;
import static io.tenantpool.it.outages.Sight.Figure.WORST_GET;
import static io.tenantpool.it.outages.Sight.Figure.WORST_GET_OF_OTHER;
import static io.tenantpool.it.outages.Sight.Figure.WORST_UNIT;
import static io.tenantpool.it.outages.Sight.Figure.WRONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.outages.Sight.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** What is right: one outage in one way with the agent, beside the same without. */
final class Verdict {

  /** {@code tenantpool.max-connections}. */
  static final int CAP = 6;

  /**
   * How much a call may be longer than its deadline. It is less; but two programs and the server
   * share the processors here. {@code DeadlineTest} takes the figure.
   */
  private static final long OVER_THE_DEADLINE_MILLIS = 250;

  /** How much two runs of the same differ by chance. */
  private static final long CHANCE_MILLIS = 500;

  private static final int FEW = 3;
  private static final long BACK_MILLIS = 1_000;

  /**
   * What may be thrown at any time: a deadline of the agent's or the caller's that has passed, and
   * a connection that breaks. An application pool's connection says so with its first request.
   */
  private static final Set<String> CLASSES =
      Set.of("PSQLException", "SQLTransientConnectionException");

  private static final Set<String> FAMILIES = Set.of("08", "53");

  /**
   * A machine that wakes its threads later than that is too busy for anybody to be in time; what
   * does not depend on time is looked at all the same.
   */
  private static final long LATEST_MILLIS = 400;

  private final Outage outage;
  private final Way way;
  private final Sight without;
  private final Sight with;

  Verdict(Outage outage, Way way, Sight without, Sight with) {
    this.outage = outage;
    this.way = way;
    this.without = without;
    this.with = with;
  }

  /** Whether times say anything about the agent, and not about the machine. */
  boolean timesAreTelling() {
    return Math.max(without.get(HICCUP), with.get(HICCUP)) <= LATEST_MILLIS;
  }

  /** What is right however slow the machine is. */
  Stream<Executable> checks() {
    return Stream.of(
        () -> assertTrue(with.get(BORROWS) > 0, "not pooled"),
        atMost(WRONG, 0, "wrong rows"),
        atMost(SOCKETS, CAP, "sockets at once"),
        atMost(HANGING, 0, "units that do not end"),
        atMost(ACTIVE, 0, "in use in the end"),
        this::sameFailures);
  }

  /** What is right in time. */
  Stream<Executable> checksOfTime() {
    List<Executable> checks = new ArrayList<>();
    long deadline = way.deadlineMillis() + OVER_THE_DEADLINE_MILLIS + with.get(HICCUP);
    checks.add(
        atMost(
            WORST_GET,
            way.hasLimit() ? deadline : Math.max(deadline, asLong(WORST_GET)),
            "ms for a connection"));
    if (!outage.mayWait()) {
      // What a pool hands out from memory has its limit at its first use once more.
      long bound = way.isPool() ? deadline + Way.ACQUIRE_TIMEOUT_MILLIS : 0;
      checks.add(atMost(WORST_UNIT, Math.max(bound, asLong(WORST_UNIT)), "ms for a unit"));
    }
    // Who is told sooner asks more often: where all hang until it is over, few fail.
    if (isToldNoSooner(WORST_GET)) {
      checks.add(atMost(FAILED, without.get(FAILED) + FEW, "failed"));
    }
    if (isToldNoSooner(WORST_GET_OF_OTHER)) {
      checks.add(
          atMost(FAILED_OF_OTHER, without.get(FAILED_OF_OTHER) + FEW, "failed of the other"));
    }
    checks.add(atMost(FAILED_LATER, without.get(FAILED_LATER), "failed when it was over"));
    if (outage.isHarmless()) {
      checks.add(atMost(FAILED, 0, "failed, where nothing is lost"));
    }
    if (outage.isAboutOneTenant()) {
      checks.add(atMost(FAILED_OF_OTHER, 0, "failed of a tenant that it is not about"));
      checks.add(atMost(WORST_GET_OF_OTHER, asLong(WORST_GET_OF_OTHER), "ms for that tenant"));
    }
    long back = Math.max(BACK_MILLIS, without.get(BACK)) + CHANCE_MILLIS + with.get(HICCUP);
    checks.add(atMost(BACK, back, "ms until back"));
    checks.add(() -> assertEquals(CAP, with.get(HELD), "connections held afterwards"));
    return checks.stream();
  }

  private void sameFailures() {
    Set<String> classes = new TreeSet<>(CLASSES);
    Set<String> families = new TreeSet<>(FAMILIES);
    for (String failure : without.failures()) {
      String[] words = failure.split(" ");
      classes.add(words[1]);
      families.add(words[2]);
    }
    if (way.isPool()) {
      // Its own limit for its own line, which has no SQLState.
      classes.add("SQLException");
      families.add("-");
    }
    for (String failure : with.failures()) {
      String[] words = failure.split(" ");
      assertTrue(
          classes.contains(words[1]) && families.contains(words[2]),
          () -> "thrown with the agent alone: " + failure);
    }
  }

  private boolean isToldNoSooner(Figure longest) {
    return without.get(longest) <= with.get(longest) + CHANCE_MILLIS;
  }

  /** As long as without the agent, give or take what is chance. */
  private long asLong(Figure figure) {
    return without.get(figure) + CHANCE_MILLIS + without.get(HICCUP) + with.get(HICCUP);
  }

  private Executable atMost(Figure figure, long most, String what) {
    return () ->
        assertTrue(
            with.get(figure) <= most,
            () -> with.get(figure) + " " + what + ", at most " + most + " are right");
  }

  /** The row of a page: what was measured without the agent, and with it. */
  String row() {
    return "| "
        + outage
        + " | "
        + way
        + Stream.of(FAILED, FAILED_OF_OTHER, WORST_GET, BACK, SOCKETS)
            .map(figure -> " | " + without.get(figure) + " / " + with.get(figure))
            .collect(Collectors.joining())
        + " |";
  }

  @Override
  public String toString() {
    return outage + " " + way + "\n  without " + without + "\n  with    " + with;
  }
}
