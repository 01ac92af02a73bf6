package io.tenantpool.pool;

import static io.tenantpool.pool.LedgerScene.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * A tenant whose borrowers were held up by resets for as long as a connect takes gets one
 * connection more, as long as that costs nobody else anything.
 */
class HotSpareTest {

  private final LedgerScene scene = new LedgerScene(TestLimits.of(3, 0, 2));

  @Test
  void aBorrowerThatHasPaidAConnectInResetsOpensAnotherConnection() {
    Slot slot = dirty("a");
    pays(slot, scene.ledger.connectCost().nanos() - 1);
    assertSame(slot, scene.lease("a"), "not yet");
    scene.giveBack(slot);
    pays(slot, 1);
    Slot spare = scene.take("a");
    assertNotNull(spare);
    assertEquals(SlotState.OPENING, spare.state());
    assertEquals(SlotState.DIRTY, slot.state());
    assertEquals(0, slot.tenant().rent(), "the rent starts again");
  }

  @Test
  void theNextOneIsPaidForAnew() {
    LedgerScene roomy = new LedgerScene(TestLimits.of(5, 0, 5));
    Slot first = roomy.lease("a");
    roomy.giveBack(first);
    first.tenant().payRent(roomy.ledger.connectCost().nanos());
    Slot spare = roomy.lease("a");
    roomy.giveBack(spare);
    assertEquals(2, roomy.ledger.book().budget().used());
    roomy.giveBack(roomy.lease("a"));
    assertEquals(2, roomy.ledger.book().budget().used());
  }

  @Test
  void aCleanConnectionIsTakenHoweverMuchWasPaid() {
    Slot slot = scene.idle("a");
    pays(slot, 100 * MS);
    assertSame(slot, scene.lease("a"));
  }

  @Test
  void theTimeOfAwaitingAResetIsPaidToo() {
    Slot slot = dirty("a");
    scene.ledger.book().nextWork(scene.now);
    Waiter patient = scene.enqueue("a");
    scene.now += 4 * MS;
    LedgerScene.reset(slot);
    scene.ledger.cleaned(slot, scene.now);
    assertSame(slot, scene.ledger.queueing().retry(patient, scene.now));
    assertEquals(4 * MS, slot.tenant().rent());
    scene.lend(slot, patient);
    scene.giveBack(slot);
    assertNotSame(slot, scene.lease("a"));
  }

  @Test
  void aWaiterThatAwaitedNoResetPaysNothing() {
    LedgerScene one = new LedgerScene(TestLimits.of(1, 0, 2));
    Slot slot = one.lease("a");
    Waiter waiter = one.enqueue("a");
    one.now += 4 * MS;
    one.giveBack(slot);
    assertSame(slot, one.ledger.queueing().retry(waiter, one.now));
    assertEquals(0, slot.tenant().rent());
  }

  @Test
  void aBorrowerThatWouldAwaitAResetOpensTheSpareInstead() {
    Slot slot = dirty("a");
    pays(slot, 100 * MS);
    scene.ledger.book().nextWork(scene.now);
    Slot spare = scene.take("a");
    assertNotNull(spare);
    assertEquals(SlotState.OPENING, spare.state());
  }

  @Test
  void aSessionKeptForAnotherPoolIsLeftToItWhenTheSpareIsPaid() {
    Slot kept = scene.lease("a@one");
    scene.giveBack(kept);
    pays(kept, 100 * MS);
    assertNotSame(kept, scene.lease("a@two"));
    assertSame(kept, scene.lease("a@one"));
  }

  @Test
  void nobodyIsEvictedForASpare() {
    LedgerScene full = new LedgerScene(TestLimits.of(2, 0, 2));
    Slot idle = full.idle("b");
    Slot slot = full.lease("a");
    full.giveBack(slot);
    pays(slot, 100 * MS);
    assertSame(slot, full.lease("a"));
    assertEquals(SlotState.IDLE, idle.state());
  }

  @Test
  void theReserveIsNotForSpares() {
    LedgerScene reserved = new LedgerScene(TestLimits.of(2, 1, 2));
    Slot slot = reserved.lease("a");
    reserved.giveBack(slot);
    pays(slot, 100 * MS);
    assertSame(slot, reserved.lease("a"));
  }

  @Test
  void aTenantAtItsCapGetsNoSpareAndSavesNothingUp() {
    LedgerScene capped = new LedgerScene(TestLimits.of(3, 0, 1));
    Slot slot = capped.lease("a");
    capped.giveBack(slot);
    pays(slot, 100 * MS);
    assertEquals(0, slot.tenant().rent());
    assertSame(slot, capped.lease("a"));
  }

  @Test
  void thereIsNoSpareWhileAnybodyWaits() {
    LedgerScene busy = new LedgerScene(TestLimits.of(4, 0, 2));
    Slot slot = busy.lease("a");
    busy.giveBack(slot);
    pays(slot, 100 * MS);
    busy.lease("b");
    busy.lease("b");
    busy.enqueue("b");
    assertEquals(3, busy.ledger.book().budget().used(), "there is a permit");
    assertSame(slot, busy.lease("a"));
  }

  @Test
  void aConnectThatFailsIsPaidForAnew() {
    Slot slot = dirty("a");
    pays(slot, 100 * MS);
    Slot spare = scene.take("a");
    assertNotNull(spare);
    scene.ledger.connects().failed(spare, new SQLException("refused"), scene.now);
    assertSame(slot, scene.lease("a"));
    assertEquals(1, scene.ledger.book().budget().used());
  }

  /** Guards {@code payRent} in {@code ServerLedger.resetByBorrower}. */
  @Test
  void aThreadThatClosesAndOpensAtOnceGetsASecondConnectionForItsResets() throws Exception {
    PoolScene pool = new PoolScene(TestLimits.of(3, 0, 2));
    pool.server.onReset = () -> pool.ticker.advanceMillis(1);
    for (int i = 0; i < 20; i++) {
      pool.borrow("a").end();
    }
    assertEquals(2, pool.figures().open());
    long resets = pool.figures().resets();
    pool.work();
    for (int i = 0; i < 20; i++) {
      pool.borrow("a").end();
      assertEquals(
          resets + 2 + i, pool.figures().resets(), "the worker resets, the borrower does not");
      pool.work();
    }
    pool.assertNothingLost();
  }

  private Slot dirty(String who) {
    Slot slot = scene.lease(who);
    scene.giveBack(slot);
    return slot;
  }

  /** A borrower of the tenant was held up by resets for so long. */
  private static void pays(Slot slot, long nanos) {
    slot.tenant().payRent(nanos);
  }
}
