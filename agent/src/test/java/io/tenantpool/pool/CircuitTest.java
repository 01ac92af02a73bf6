package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The transitions of a circuit, at times that the test says. */
class CircuitTest {

  private final Circuit circuit = new Circuit(3, 100, 400, new SplittableRandom(1));

  /** So many connects begin and fail at that moment. */
  private void fail(int times, long now) {
    for (int i = 0; i < times; i++) {
      circuit.failed(now, now, true);
    }
  }

  @Test
  void itOpensWithTheThirdFailureInARow() {
    fail(2, 10);
    assertEquals(CircuitState.CLOSED, circuit.state());
    circuit.answered();
    fail(2, 20);
    assertEquals(CircuitState.CLOSED, circuit.state(), "not in a row");
    fail(1, 30);
    assertEquals(CircuitState.OPEN, circuit.state());
    assertEquals(3, circuit.failures());
    assertEquals(20, circuit.firstFailedAt());
    assertEquals(30, circuit.lastFailedAt());
    assertTrue(circuit.opensAt() >= 80 && circuit.opensAt() <= 130);
  }

  @Test
  void failuresThatMayNotOpenItCountAllTheSame() {
    for (int i = 0; i < 5; i++) {
      circuit.failed(1, 1, false);
    }
    assertFalse(circuit.isOpen());
    fail(1, 2);
    assertTrue(circuit.isOpen());
  }

  @Test
  void aProbeThatFailsMakesThePauseLonger() {
    fail(3, 0);
    long pause = circuit.opensAt();
    for (long longest : new long[] {200, 400, 400}) {
      long now = circuit.opensAt();
      circuit.probed(now);
      assertEquals(CircuitState.HALF_OPEN, circuit.state());
      circuit.failed(now, now + 5, true);
      assertEquals(CircuitState.OPEN, circuit.state());
      pause = circuit.opensAt() - (now + 5);
      assertTrue(pause >= longest / 2 && pause <= longest, pause + " of " + longest);
    }
    assertTrue(pause >= 200);
  }

  @Test
  void aStragglerMakesNoPauseLonger() {
    fail(3, 50);
    long opensAt = circuit.opensAt();
    circuit.failed(10, 60, true);
    assertEquals(opensAt, circuit.opensAt());
    circuit.probed(opensAt);
    circuit.failed(20, opensAt + 1, true);
    assertEquals(CircuitState.HALF_OPEN, circuit.state(), "the probe is under way still");
  }

  @Test
  void anAnswerClosesItAndThePausesAreShortAgain() {
    fail(3, 0);
    long now = circuit.opensAt();
    circuit.probed(now);
    circuit.failed(now, now, true);
    circuit.answered();
    assertEquals(CircuitState.CLOSED, circuit.state());
    assertEquals(0, circuit.failures());
    fail(3, 1000);
    assertTrue(circuit.opensAt() <= 1100);
  }

  @Test
  void aPauseThatIsEndedLetsOneProbe() {
    fail(3, 0);
    circuit.endPause(5);
    circuit.probed(5);
    assertEquals(CircuitState.HALF_OPEN, circuit.state());
    circuit.endPause(6);
    assertEquals(CircuitState.HALF_OPEN, circuit.state(), "one at a time");
  }

  @Test
  void nobodyProbesBeforeThePauseIsOver() {
    fail(3, 0);
    assertThrows(IllegalStateException.class, () -> circuit.probed(circuit.opensAt() - 1));
  }
}
