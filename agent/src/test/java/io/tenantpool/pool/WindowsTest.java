package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.WaitEnd;
import io.tenantpool.connection.WaitLimit;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * One test for each window between a decision and its consequence, as {@code docs/concurrency.md}
 * lists them. Each says which re-check it guards: without that, it was seen to fail.
 */
class WindowsTest {

  /** Guards the look at {@code waiter.granted()} at the top of {@code Queueing.abandon}. */
  @Test
  void aWaiterThatIsGrantedAtTheMomentOfItsTimeoutUsesTheGrant() {
    LedgerScene scene = new LedgerScene(TestLimits.of(1, 0, 3));
    Slot slot = scene.lease("a");
    Waiter waiter = scene.enqueue("b");
    scene.giveBack(slot);
    Slot granted = scene.granted(waiter);
    assertSame(
        granted,
        scene.ledger.queueing().abandon(waiter, scene.now),
        "nobody else knows of the slot");
    scene.lend(granted, waiter.thread());
    assertEquals(1, scene.ledger.book().budget().used());
  }

  /** Guards the same look, for a limit of the caller's, a cancel and an interrupt. */
  @Test
  void aWaiterThatIsGrantedAtTheMomentInWhichAnythingElseEndsItsWaitUsesTheGrant()
      throws Exception {
    for (WaitEnd end :
        new WaitEnd[] {WaitEnd.QUERY_TIMEOUT, WaitEnd.CANCELLED, WaitEnd.INTERRUPTED}) {
      PoolScene scene = new PoolScene(TestLimits.patient(1));
      PooledLease lease = scene.borrow("a");
      StubCaller caller = new StubCaller(WaitLimit.ofMillis(WaitEnd.QUERY_TIMEOUT, 2000));
      PoolScene.Borrower borrower = scene.borrower("b", caller).parked();
      if (end == WaitEnd.INTERRUPTED) {
        borrower.thread.interrupt();
        scene.awaitInterruptSeen(borrower);
      }
      caller.beforeItDecides = lease::end;
      if (end == WaitEnd.CANCELLED) {
        caller.callOff(end);
      } else {
        scene.ticker.advanceMillis(end == WaitEnd.INTERRUPTED ? 1500 : 2000);
      }
      borrower.lease().end();
      assertNull(caller.ended, end.name());
      assertEquals(end == WaitEnd.INTERRUPTED, borrower.wasInterrupted());
      scene.assertNothingLost();
    }
  }

  /**
   * Guards the order of {@code SessionIo.close} and {@code victimClosed} in {@code
   * Opening.closeVictim}: the heir connects only after the victim's close.
   */
  @Test
  void nobodyOpensBeforeTheVictimsCloseHasReturned() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.of(1, 0, 3));
    scene.borrow("a").end();
    scene.work();
    Gate closing = new Gate();
    scene.server.onClose = closing;
    PoolScene.Borrower heir = scene.borrower("b");
    closing.awaitEntered();
    assertEquals(1, scene.server.opens.get());
    assertEquals(1, scene.figures("a").open(), "the victim counts until its close has returned");
    PoolScene.Borrower third = scene.borrower("c").parked();
    assertEquals(1, scene.server.sockets.get());
    assertEquals(1, scene.figures().open());
    closing.open();
    heir.lease().end();
    third.lease().end();
    assertEquals(1, scene.server.mostSockets.get());
    scene.assertNothingLost();
  }

  /**
   * Guards the order of {@code SessionIo.close} and {@code ledger.closed} in {@code Cleaning.work}.
   */
  @Test
  void theWorkersPermitIsFreeOnlyAfterItsClose() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.of(1, 0, 3));
    PooledLease lease = scene.borrow("a");
    PoolScene.physical(lease).broken = true;
    lease.end();
    Gate closing = new Gate();
    scene.server.onClose = closing;
    Thread worker = new Thread(scene.pool::work);
    worker.start();
    closing.awaitEntered();
    PoolScene.Borrower next = scene.borrower("b").parked();
    assertEquals(1, scene.server.opens.get());
    closing.open();
    next.lease().end();
    worker.join();
    assertEquals(1, scene.server.mostSockets.get());
    scene.assertNothingLost();
  }

  /**
   * Guards {@code books.tenants().named(…)} in {@code Borrow.queueAgain}: the tenant that a
   * borrower knew was dropped when its only slot was given up.
   */
  @Test
  void aBorrowerThatQueuesAgainAfterItsTenantWasDroppedIsServed() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.of(2, 0, 3));
    PooledLease other = scene.borrow("a");
    Gate refusing = new Gate();
    scene.server.onOpen =
        () -> {
          refusing.run();
          throw new SQLException("sorry, too many clients already", "53300");
        };
    PoolScene.Borrower borrower = scene.borrower("b");
    refusing.awaitEntered();
    scene.pool.read(figures -> figures.ledger().neighbours().serverAllows(OptionalInt.of(1)));
    refusing.open();
    borrower.parked();
    assertEquals(1, scene.figures().waiting());
    TenantPool known = scene.pool.read(figures -> figures.ledger().tenants().find("b"));
    assertNotNull(known, "the waiter's tenant can be found");
    assertEquals(1, scene.figures("b").waiting());
    scene.server.onOpen = () -> {};
    other.end();
    borrower.lease().end();
    scene.assertNothingLost();
  }

  /** Guards {@code offerSpare} in {@code Queueing.abandon}. */
  @Test
  void aSignalToAWaiterThatGivesUpGoesToTheNext() {
    LedgerScene scene = new LedgerScene(TestLimits.of(1, 0, 3));
    Slot slot = scene.lease("a");
    Waiter first = scene.enqueue("a");
    Waiter second = scene.enqueue("a");
    scene.giveBack(slot);
    assertTrue(first.isSignalled());
    assertNull(scene.ledger.queueing().abandon(first, scene.now));
    assertTrue(second.isSignalled());
    assertSame(slot, scene.ledger.queueing().retry(second, scene.now));
  }

  /** Guards the same line: a promise that nobody can keep any more ends. */
  @Test
  void aConnectionPromisedToAWaiterThatGivesUpGoesToAnotherTenant() {
    LedgerScene scene = new LedgerScene(TestLimits.of(1, 0, 3));
    Slot slot = scene.lease("a");
    Waiter own = scene.enqueue("a");
    scene.giveBack(slot);
    Waiter other = scene.enqueue("b");
    assertNull(other.granted(), "promised");
    assertNull(scene.ledger.queueing().abandon(own, scene.now));
    assertSame(slot, scene.granted(other).victim());
  }

  /** Guards {@code slot.lease() != lease} in {@code ServerPool.end}. */
  @Test
  void aLeaseEndedTwiceOrAfterTheSlotWasLentAgainEndsNothing() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.of(1, 0, 3));
    PooledLease first = scene.borrow("a");
    first.end();
    first.end();
    assertEquals(0, scene.figures().active());
    PooledLease second = scene.borrow("a");
    assertSame(first.slot(), second.slot());
    first.end();
    assertEquals(1, scene.figures().active());
    assertSame(second, second.slot().lease());
    second.end();
    scene.assertNothingLost();
  }

  /** Guards the look at the state in {@code SlotBook.nextWork}. */
  @Test
  void theWorkerLeavesASlotAloneThatABorrowerTookOutOfItsQueue() {
    LedgerScene scene = new LedgerScene(TestLimits.of(1, 0, 3));
    Slot slot = scene.lease("a");
    scene.giveBack(slot);
    assertTrue(scene.ledger.book().hasWork());
    Slot stolen = scene.take("a");
    assertSame(slot, stolen);
    assertEquals(SlotState.RESETTING, slot.state());
    assertNull(scene.ledger.book().nextWork(scene.now));
    scene.lend(slot, new Thread());
    scene.giveBack(slot);
    assertSame(slot, scene.ledger.book().nextWork(scene.now), "it is queued again");
  }

  /** Guards {@code offerSpare} and {@code serveLine} in {@code Queueing.retry}. */
  @Test
  void aSignalledWaiterThatFindsNothingBecomesACandidateAgain() {
    LedgerScene scene = new LedgerScene(TestLimits.of(2, 0, 3));
    Slot slot = scene.lease("a");
    Slot other = scene.lease("b");
    Waiter waiter = scene.enqueue("a");
    scene.giveBack(slot);
    assertSame(slot, scene.take("a"), "overtaken");
    scene.ledger.returned(other, EvictionCause.BROKEN, scene.now);
    scene.clean();
    assertNull(waiter.granted(), "its signal stands");
    Slot opening = scene.ledger.queueing().retry(waiter, scene.now);
    assertNotNull(opening);
    assertEquals(SlotState.OPENING, opening.state());
    assertFalse(waiter.isSignalled());
  }
}
