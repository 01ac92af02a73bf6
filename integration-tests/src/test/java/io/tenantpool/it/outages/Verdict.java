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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** What is right: one outage in one way with the agent, beside the same without. */
final class Verdict {

  /** {@code tenantpool.max-connections}. */
  static final int CAP = 6;

  /** How much a call may be longer than its deadline. */
  private static final long OVER_THE_DEADLINE_MILLIS = 100;

  /** How much two runs of the same differ by chance. */
  private static final long CHANCE_MILLIS = 300;

  private static final int FEW = 2;
  private static final long BACK_MILLIS = 1_000;

  /**
   * A borrow that its deadline has ended says so, whatever it waited for; and a connection may
   * break at any time, with the first request that an application pool's connection makes too.
   */
  private static final List<String> ALWAYS_POSSIBLE =
      List.of(
          "get SQLTransientConnectionException 53",
          "get SQLTransientConnectionException 08",
          "ask SQLTransientConnectionException 53",
          "ask PSQLException 08");

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

  Stream<Executable> checks() {
    List<Executable> checks = new ArrayList<>();
    checks.add(() -> assertTrue(with.get(BORROWS) > 0, "not pooled"));
    checks.add(atMost(WRONG, 0, "wrong rows"));
    checks.add(atMost(SOCKETS, CAP, "sockets at once"));
    checks.add(
        atMost(
            WORST_GET,
            way.deadlineMillis() + OVER_THE_DEADLINE_MILLIS + with.get(HICCUP),
            "ms for a connection"));
    checks.add(atMost(HANGING, 0, "units that do not end"));
    if (!outage.mayWait()) {
      checks.add(atMost(WORST_UNIT, asLong(WORST_UNIT), "ms for a unit"));
    }
    checks.add(atMost(FAILED, without.get(FAILED) + FEW, "failed"));
    checks.add(atMost(FAILED_OF_OTHER, without.get(FAILED_OF_OTHER) + FEW, "failed (b)"));
    checks.add(atMost(FAILED_LATER, without.get(FAILED_LATER), "failed later"));
    if (outage.isHarmless()) {
      checks.add(atMost(FAILED, 0, "failed, where nothing is lost"));
    }
    if (outage.isAboutOneTenant()) {
      checks.add(atMost(FAILED_OF_OTHER, 0, "failed of another tenant"));
      checks.add(atMost(WORST_GET_OF_OTHER, asLong(WORST_GET_OF_OTHER), "ms for another tenant's"));
    }
    checks.add(
        atMost(BACK, Math.max(BACK_MILLIS, without.get(BACK)) + with.get(HICCUP), "ms until back"));
    checks.add(() -> assertEquals(CAP, with.get(HELD), "connections held afterwards"));
    checks.add(atMost(ACTIVE, 0, "in use in the end"));
    checks.add(this::sameFailures);
    return checks.stream();
  }

  private void sameFailures() {
    List<String> more = new ArrayList<>(with.failures());
    more.removeAll(without.failures());
    more.removeAll(ALWAYS_POSSIBLE);
    assertTrue(more.isEmpty(), () -> "thrown with the agent alone: " + more);
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
