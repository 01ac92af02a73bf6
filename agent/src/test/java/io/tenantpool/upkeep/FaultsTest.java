package io.tenantpool.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fault is counted, said, and says nothing that it must not. */
class FaultsTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Faults faults = new Faults(new PrintStream(printed, true, StandardCharsets.UTF_8));
  private final List<Fault> told = new ArrayList<>();

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void untilThereIsALogEachPlaceIsPrintedOnce() {
    for (int i = 0; i < 3; i++) {
      faults.report(FaultKind.CALL, "one place", new IllegalStateException("s3cret"));
      faults.report(FaultKind.START, "another", "the agent", new LinkageError());
    }
    assertEquals(2, printed().lines().count(), printed());
    assertTrue(
        printed()
            .startsWith(
                "tenant-pool-agent: one place (said once, counted from now on):"
                    + " java.lang.IllegalStateException at "
                    + FaultsTest.class.getName()),
        printed());
    assertTrue(printed().contains("tenant-pool-agent: another (the agent) ("), printed());
    assertFalse(printed().contains("s3cret"), printed());
    assertEquals(6, faults.count());
    assertEquals(3, faults.count(FaultKind.CALL));
    assertEquals(6, faults.ofTheAgent());
    assertEquals(0, faults.ofObservation());
  }

  @Test
  void oneOfEachPlaceIsOnItsWayAtATimeAndSaysHowManyItStandsFor() {
    faults.tellTo(told::add);
    for (int i = 0; i < 100; i++) {
      faults.report(FaultKind.POOL, "a step", new IllegalStateException());
    }
    faults.report(FaultKind.DRIVER, "a step", new IllegalStateException());
    assertEquals(2, told.size());
    assertEquals(100, told.get(0).take());
    faults.report(FaultKind.POOL, "a step", new IllegalStateException());
    assertEquals(3, told.size());
    assertEquals(1, told.get(2).take());
    assertEquals("", printed());
  }

  @Test
  void whatFoundNoRoomIsToldByTheNextOne() {
    faults.tellTo(fault -> false);
    faults.report(FaultKind.HTTP, "a page", new IllegalStateException());
    faults.tellTo(
        fault -> {
          throw new OutOfMemoryError("on purpose");
        });
    faults.report(FaultKind.HTTP, "a page", new IllegalStateException());
    faults.tellTo(told::add);
    faults.report(FaultKind.HTTP, "a page", new IllegalStateException());
    assertEquals(3, told.get(0).take());
    assertEquals(3, faults.ofObservation());
  }

  @Test
  void aMessageIsShownWhereNobodyElseCanHaveWrittenIt() {
    faults.tellTo(told::add);
    for (FaultKind kind : FaultKind.values()) {
      faults.report(kind, "here", new IllegalStateException("words"));
      faults.report(kind, "memory", new OutOfMemoryError("Java heap space"));
    }
    for (Fault fault : told) {
      boolean foreign =
          List.of(FaultKind.CALL, FaultKind.DRIVER, FaultKind.POOL).contains(fault.place().kind());
      if (fault.place().what().equals("memory")) {
        assertEquals("Java heap space", fault.message());
      } else if (foreign) {
        assertNull(fault.message(), fault.place().toString());
      } else {
        assertEquals("words", fault.message());
      }
    }
    assertEquals(18, told.size());
  }

  @Test
  void theFirstCauseIsNamedWithItsPlace() {
    faults.tellTo(told::add);
    Throwable first = new OutOfMemoryError();
    faults.report(
        FaultKind.POOL, "here", new IllegalStateException(new ExceptionInInitializerError(first)));
    String stack = told.get(0).stack();
    assertTrue(stack.contains(", first cause java.lang.OutOfMemoryError at "), stack);
  }

  @Test
  void placesWithoutEndAreCountedAndNotKept() {
    faults.tellTo(told::add);
    for (int i = 0; i < 2000; i++) {
      faults.report(FaultKind.POOL, "place " + i, new IllegalStateException());
    }
    assertEquals(2000, faults.count(FaultKind.POOL));
    assertEquals(500, told.size());
  }
}
