package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slots, leases and places in the line of owners whose way ends in an error. */
class RecoveryTest {

  private final List<String> told = new ArrayList<>();
  private final Faults faults = Upkeep.faults(told);
  private final PoolScene scene =
      new PoolScene(
          TestLimits.patient(1),
          new RecordingListener() {
            @Override
            public Faults faults() {
              return faults;
            }
          });

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwAnyway(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** Somebody else gets the one permit at once, without a wait. */
  private void assertPermitIsBack() throws Exception {
    scene.server.onOpen = () -> {};
    PooledLease lease = scene.borrow("next");
    lease.end();
    scene.work();
    scene.assertNothingLost();
  }

  @Test
  void whateverAConnectThrowsThePermitComesBack() throws Exception {
    for (Throwable thrown :
        new Throwable[] {
          new IOException("undeclared"), new IllegalStateException(), new StackOverflowError()
        }) {
      scene.server.onOpen = () -> RecoveryTest.<RuntimeException>throwAnyway(thrown);
      assertSame(thrown, assertThrows(Throwable.class, () -> scene.borrow("a")));
      assertPermitIsBack();
    }
  }

  @Test
  void aLeaseThatCouldNotBeEndedIsEndedOnce() throws Exception {
    PooledLease lease = scene.borrow("a");
    lease.isOver = true;
    lease.custody.isLeft = true;
    scene.pool.recovery().run();
    scene.work();
    assertEquals(0, scene.server.sockets.get());
    lease.end();
    assertPermitIsBack();
  }

  @Test
  void aLeaseThatIsLeftAfterItsEndEndsNobodyElses() throws Exception {
    PooledLease old = scene.borrow("a");
    old.end();
    scene.work();
    PooledLease current = scene.borrow("a");
    old.isOver = true;
    old.custody.isLeft = true;
    scene.pool.recovery().run();
    assertEquals(1, scene.figures().active());
    current.end();
    scene.work();
    assertPermitIsBack();
  }

  @Test
  void aSlotThatIsLeftByOneOwnerIsNotTakenFromTheNext() throws Exception {
    PooledLease old = scene.borrow("a");
    Slot slot = old.slot();
    int tenure = slot.tenure;
    old.end();
    scene.work();
    PooledLease current = scene.borrow("a");
    assertSame(slot, current.slot());
    slot.leftBy = tenure;
    scene.pool.custody().isLeft = true;
    scene.pool.recovery().run();
    assertEquals(1, scene.figures().active());
    current.end();
    scene.work();
    assertPermitIsBack();
  }

  @Test
  void aWaiterThatEndsInAnErrorLeavesTheLineAndWhatItWasGranted() throws Exception {
    PooledLease held = scene.borrow("a");
    StubCaller failing = new StubCaller(null);
    failing.beforeItDecides =
        () -> {
          throw new StackOverflowError();
        };
    PoolScene.Borrower waiting = scene.borrower("b", failing);
    assertInstanceOf(StackOverflowError.class, waiting.failure());
    assertEquals(0, scene.figures().waiting());
    held.end();
    scene.work();
    assertPermitIsBack();
  }

  @Test
  void aWaiterThatCouldNotLeaveTheLineIsTakenOut() throws Exception {
    PooledLease held = scene.borrow("a");
    PoolScene.Borrower waiting = scene.borrower("b").parked();
    scene
        .pool
        .books()
        .step(
            ledger ->
                ledger.tenants().named("b", false, 0).waiters().forEach(w -> w.isLeft = true));
    scene.pool.custody().isLeft = true;
    scene.pool.recovery().run();
    assertEquals(0, scene.figures().waiting());
    held.end();
    scene.work();
    assertPermitIsBack();
    assertTrue(!waiting.isDone());
  }

  @Test
  void aStepThatEndsInTheMiddleIsMended() throws Exception {
    PooledLease held = scene.borrow("a");
    assertThrows(
        OutOfMemoryError.class,
        () ->
            scene
                .pool
                .books()
                .step(
                    ledger -> {
                      ledger.book().budget().recount(7, 7);
                      held.slot().tenant().takenByBorrower();
                      throw new OutOfMemoryError("Java heap space");
                    }));
    scene.pool.recovery().run();
    assertEquals(List.of("a step under the lock was broken off; all was counted anew"), told);
    assertEquals(1, faults.count(FaultKind.POOL));
    assertEquals(1, scene.figures().open());
    held.end();
    scene.work();
    assertPermitIsBack();
  }

  @Test
  void aResetOrCloseThatThrowsAnythingEndsTheSocketAndNotTheWorker() throws Exception {
    scene.server.onReset =
        () -> RecoveryTest.<RuntimeException>throwAnyway(new IOException("undeclared"));
    scene.borrow("a").end();
    scene.work();
    assertEquals(0, scene.server.sockets.get());
    assertPermitIsBack();
  }
}
