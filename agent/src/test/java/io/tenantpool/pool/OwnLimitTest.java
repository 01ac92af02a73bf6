package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.TenantCap;
import io.tenantpool.config.TenantLimits;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What bounds a tenant is told by its name: its own limit only where it has one. */
class OwnLimitTest {

  private static final String BUDGET = "To allow the server more, raise tenantpool.max-connections";

  /** What a second thread of the tenant is told, once it has so many connections. */
  private static String advice(PoolScene scene, String tenant, int has) throws Exception {
    for (int i = 0; i < has; i++) {
      scene.borrower(tenant).lease();
    }
    PoolScene.Borrower borrower = scene.borrower(tenant).parked();
    scene.ticker.advanceMillis(1000);
    String message = String.valueOf(borrower.failure().getMessage());
    return message.substring(message.lastIndexOf("To allow"));
  }

  private static PoolLimits hard(int budget, String limits) {
    return TestLimits.of(budget, 0, new Sharing(2, TenantCap.HARD, TenantLimits.parse(limits)));
  }

  @Test
  void oneTenantWithTheWholeBudgetNeedsALargerBudget() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.elastic(2, 1));
    assertEquals(BUDGET, advice(scene, "a", 2));
    assertEquals(1, scene.figures().aboveShare());
    List<String> exhausted =
        scene.events.lines().stream().filter(line -> line.startsWith("budgetExhausted")).toList();
    assertEquals(List.of("budgetExhausted 2 1"), exhausted);
  }

  @Test
  void theEpisodeOfAFullServerGoesOnWhileOneTenantHasAllOfIt() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.elastic(2, 1));
    scene.borrower("a").lease();
    scene.borrower("a").lease();
    for (int i = 0; i < 8; i++) {
      PoolScene.Borrower waits = scene.borrower("a").parked();
      scene.ticker.advanceMillis(1000);
      waits.failure();
      scene.ticker.advanceMillis(4000);
    }
    long told =
        scene.events.lines().stream().filter(line -> line.startsWith("budgetExhausted")).count();
    assertEquals(1, told);
  }

  @Test
  void thatTheLastOneIsKeptForThreadsThatHoldOneIsSaid() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.elastic(6, 2));
    PooledLease outer = scene.borrow("nesting");
    scene.borrow("nesting").end();
    for (int i = 0; i < 4; i++) {
      scene.borrower("b").lease();
    }
    PoolScene.Borrower waits = scene.borrower("new").parked();
    scene.ticker.advanceMillis(1000);
    String message = String.valueOf(waits.failure().getMessage());
    assertTrue(message.contains("One connection is kept for threads that hold one"), message);
    outer.end();
  }

  @Test
  void aTenantAtItsLimitIsNoShortage() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.elastic(3, 0, 1, TenantLimits.parse("trial-*<=1")));
    advice(scene, "trial-1", 1);
    assertTrue(
        scene.events.lines().stream().noneMatch(line -> line.startsWith("budgetExhausted")),
        scene.events.lines()::toString);
  }

  @Test
  void theLimitThatBoundsATenantIsNamedWithItsPattern() throws Exception {
    String expected = "To allow this tenant more, raise trial-*<=1 in tenantpool.tenant-limits";
    assertEquals(
        expected,
        advice(
            new PoolScene(TestLimits.elastic(5, 0, 2, TenantLimits.parse("x<=3, trial-*<=1"))),
            "trial-1",
            1));
    assertEquals(expected, advice(new PoolScene(hard(5, "trial-*<=1")), "trial-1", 1));
  }

  @Test
  void withAHardCapItIsTheShareOrTheMinimum() throws Exception {
    String elastic = ", or set tenantpool.tenant-cap=elastic";
    assertEquals(
        "To allow a tenant more, raise tenantpool.max-connections-per-tenant" + elastic,
        advice(new PoolScene(hard(5, "a<=3")), "a", 2));
    assertEquals(
        "To allow this tenant more, raise its minimum in tenantpool.tenant-limits" + elastic,
        advice(new PoolScene(hard(5, "a>=3")), "a", 3));
  }

  @Test
  void aCapThatWasSetByHandIsToBeSetAgain() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.elastic(5, 2));
    scene.borrower("a").lease();
    scene.pool.operations().limitTenant("a", 1);
    assertEquals(
        "To allow this tenant more, set its MaximumPoolSize higher, where it was set over JMX",
        advice(scene, "a", 0));
  }

  @Test
  void whoIsTurnedAwayIsToldTheSame() throws Exception {
    assertEquals(BUDGET, turnedAway(TestLimits.elastic(2, 1), "a", 2));
    assertEquals(
        "To allow this tenant more, raise a*<=1 in tenantpool.tenant-limits",
        turnedAway(TestLimits.elastic(3, 0, 2, TenantLimits.parse("a*<=1")), "a", 1));
  }

  private static String turnedAway(PoolLimits limits, String tenant, int has) throws Exception {
    PoolLimits withOnePlace =
        new PoolLimits(
            limits.budget(),
            limits.reserved(),
            limits.sharing(),
            limits.acquireTimeout(),
            limits.maxIdle(),
            limits.maxLifetime(),
            limits.validateAfter(),
            limits.validationTimeout(),
            0,
            true,
            true,
            1);
    PoolScene scene = new PoolScene(withOnePlace);
    for (int i = 0; i < has; i++) {
      scene.borrower(tenant).lease();
    }
    PoolScene.Borrower waits = scene.borrower(tenant).parked();
    String message = String.valueOf(scene.borrower(tenant).failure().getMessage());
    scene.ticker.advanceMillis(1000);
    waits.failure();
    assertTrue(message.contains("turned away"), message);
    return message.substring(message.lastIndexOf("To allow"));
  }

  @Test
  void theCapThatIsShownIsWhatATenantCanHave() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.elastic(5, 2, 1, TenantLimits.parse("small<=2")));
    scene.borrow("a").end();
    scene.borrow("small").end();
    scene.borrow("sys").end();
    assertEquals(3, scene.figures("a").limit(), "the reserve is not for it");
    assertEquals(2, scene.figures("small").limit());
    TenantSnapshot system =
        scene.pool.read(
            figures ->
                figures.tenant(Objects.requireNonNull(figures.ledger().tenants().find("sys"))));
    assertEquals(5, system.limit());
  }
}
