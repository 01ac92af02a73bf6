package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BarTest {

  @Test
  void itIsAsFullAsTheBudget() {
    assertEquals("[..........] 0 of 10 (0 %)", new Bar(0, 10).drawn(10, false));
    assertEquals("[######....] 6 of 10 (60 %)", new Bar(6, 10).drawn(10, false));
    assertEquals("[##########] 10 of 10 (100 %)", new Bar(10, 10).drawn(10, false));
  }

  @Test
  void aBudgetThatWasLoweredMayBeExceededForAWhile() {
    assertEquals("[##########] 12 of 10 (120 %)", new Bar(12, 10).drawn(10, false));
  }

  @Test
  void withoutABudgetItIsEmpty() {
    assertEquals("[....] 0 of 0 (0 %)", new Bar(0, 0).drawn(4, false));
  }

  @Test
  void itTurnsYellowAtFourFifthsAndRedAtNineTenths() {
    assertTrue(new Bar(79, 100).drawn(4, true).startsWith("\u001b[32m["));
    assertTrue(new Bar(80, 100).drawn(4, true).startsWith("\u001b[33m["));
    assertTrue(new Bar(90, 100).drawn(4, true).startsWith("\u001b[31m["));
  }
}
