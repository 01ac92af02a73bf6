package io.tenantpool.pool;

import static io.tenantpool.pool.LedgerScene.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise 6: only so many connects at once take the place of another tenant's connection. */
class ReplacementBoundTest {

  private static final int AT_ONCE = ReplacementPlaces.FEWEST;
  private static final int BUDGET = 12;

  private final LedgerScene scene = new LedgerScene(TestLimits.elastic(BUDGET, 3));
  private final List<Slot> opening = new ArrayList<>();

  /**
   * As many tenants as there are connections have an idle one; others are about to replace some.
   */
  @BeforeEach
  void fill() {
    List<Slot> leases = new ArrayList<>();
    for (int i = 0; i < BUDGET; i++) {
      leases.add(scene.lease("old" + i + "@pool"));
      // The last one of the budget is left for a moment.
      scene.now += LastLease.DELAY_NANOS;
    }
    leases.forEach(scene::giveBack);
    for (int i = 0; i < AT_ONCE; i++) {
      Slot slot = scene.take("new" + i + "@pool");
      assertNotNull(slot);
      assertNotNull(slot.victim());
      opening.add(slot);
    }
  }

  @Test
  void oneMoreWaitsUntilOneOfThemIsOpen() {
    Waiter next = scene.enqueue("next@pool");
    assertNull(next.granted());
    scene.lend(opening.get(0), new Thread(), scene.origin("new0@pool"));
    assertNotNull(scene.granted(next).victim());
  }

  @Test
  void oneMoreWaitsUntilOneOfThemHasFailed() {
    Waiter next = scene.enqueue("next@pool");
    assertNull(next.granted());
    scene.ledger.book().victimClosed(opening.get(0));
    scene.ledger.connects().failed(opening.get(0), new SQLException("no", "28000"), scene.now);
    assertNotNull(next.granted());
  }

  @Test
  void meanwhileWhatComesBackIsTheTenantsOwn() {
    Slot lease = scene.lease("old11@pool");
    Waiter own = scene.enqueue("old11@pool");
    Waiter next = scene.enqueue("next@pool");
    scene.now += 400 * MS;
    scene.giveBack(lease);
    assertNull(next.granted(), "though the quantum is over");
    assertSame(lease, scene.granted(own));
  }

  @Test
  void aSilentConnectIsInNobodysWay() {
    Waiter next = scene.enqueue("next@pool");
    assertTrue(next.looks());
    scene.now = next.looksAt();
    scene.ledger.queueing().look(next, scene.now);
    assertNotNull(next.granted());
  }

  @Test
  void aPermitThatIsFreeIsNobodysPlace() {
    LedgerScene free = new LedgerScene(TestLimits.elastic(BUDGET, 3));
    for (int i = 0; i < BUDGET - 1; i++) {
      Slot slot = free.take("new" + i + "@pool");
      assertNotNull(slot);
      assertNull(slot.victim());
    }
  }

  /** Each connect takes as long as any, however many there are: more of them are of use. */
  @Test
  void theBoundRisesWhereConnectsDoNotSlowOneAnotherDown() {
    for (int i = 0; i < 2_000; i++) {
      Slot next = scene.take("more" + i + "@pool");
      while (next == null) {
        scene.giveBack(scene.lend(opening.remove(0), new Thread(), scene.origin("x@pool")));
        next = scene.take("more" + i + "@pool");
      }
      opening.add(next);
    }
    assertTrue(scene.ledger.gate().snapshot(0).replacementPlaces() > AT_ONCE + 1);
  }

  @Test
  void theBoundIsTold() {
    assertEquals(AT_ONCE, scene.ledger.gate().snapshot(0).replacementPlaces());
  }
}
