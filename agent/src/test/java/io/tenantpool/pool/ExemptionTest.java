package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far a tenant gets above its cap for threads that hold a connection of it. */
class ExemptionTest {

  private final LedgerScene scene = new LedgerScene(TestLimits.budget(12));

  /** Somebody else has been there. */
  @BeforeEach
  void anotherTenantIsKnown() {
    scene.ledger.tenants().named("somebody", false, scene.now);
  }

  @Test
  void whereThereIsNobodyElseOneTenantMayHaveAll() {
    LedgerScene alone = new LedgerScene(TestLimits.budget(12));
    Thread thread = new Thread();
    for (int i = 0; i < 12; i++) {
      alone.lease("single", thread);
    }
    assertNull(alone.take("single", thread));
  }

  private int leaseAll(String tenant, Thread thread) {
    int leased = 0;
    for (Slot slot = scene.take(tenant, thread); slot != null; slot = scene.take(tenant, thread)) {
      scene.lend(slot, thread);
      leased++;
    }
    return leased;
  }

  @Test
  void aThreadThatForgetsToCloseLeavesEnoughForOthers() {
    assertEquals(6, leaseAll("forgetful", new Thread()), "its cap, and a quarter of the budget");
    for (String tenant : new String[] {"b", "c"}) {
      for (int i = 0; i < 3; i++) {
        scene.lease(tenant);
      }
    }
  }

  @Test
  void severalThatForgetShareWhatMayBeAboveCaps() {
    assertEquals(6, leaseAll("forgetful", new Thread()));
    assertEquals(4, leaseAll("alike", new Thread()), "its cap, and the one that each may have");
    scene.lease("careful");
  }

  @Test
  void oneThreadAfterAnotherGetsTheSecondThatItNeeds() {
    Thread[] threads = {new Thread(), new Thread(), new Thread()};
    for (Thread thread : threads) {
      scene.lease("nested", thread);
    }
    for (String other : new String[] {"b", "c", "d"}) {
      for (int i = 0; i < (other.equals("d") ? 2 : 3); i++) {
        scene.lease(other);
      }
    }
    Slot second = scene.lease("nested", threads[0]);
    Waiter next = scene.enqueue("nested", threads[1]);
    scene.giveBack(second);
    assertNotNull(next.isCalled() ? scene.ledger.queueing().retry(next, scene.now) : null);
  }

  @Test
  void whoMustNotHaveOneMoreAboveItsCapHoldsUpNobodyElse() {
    Thread forgetful = new Thread();
    leaseAll("forgetful", forgetful);
    Slot first = scene.lease("b");
    for (int i = 0; i < 2; i++) {
      scene.lease("b");
      scene.lease("c");
    }
    scene.lease("c");
    Waiter greedy = scene.enqueue("forgetful", forgetful);
    Waiter modest = scene.enqueue("d");
    scene.giveBack(first);
    assertNull(greedy.granted());
    assertNotNull(modest.granted());
  }

  @Test
  void theLastOneIsForOthers() {
    LedgerScene wide = new LedgerScene(TestLimits.of(4, 0, 3));
    wide.ledger.tenants().named("somebody", false, wide.now);
    Thread thread = new Thread();
    for (int i = 0; i < 3; i++) {
      wide.lease("forgetful", thread);
    }
    assertNull(wide.take("forgetful", thread));
    wide.lease("careful");
  }

  @Test
  void withTwoInAllAThreadMayHaveBoth() {
    LedgerScene small = new LedgerScene(TestLimits.of(2, 0, 1));
    Thread thread = new Thread();
    small.lease("nested", thread);
    small.lease("nested", thread);
  }
}
