package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Situations with many connections, tenants or waiters, and what one step more is then. Loaded by
 * {@link StepCountingLoader}, which finds it by name.
 */
public final class LedgerWork {

  private LedgerWork() {}

  /** What one more waiter of a tenant costs behind {@code size} others of the same tenant. */
  public static final class EnqueueingBehindOwn implements ToLongFunction<LongSupplier> {
    private final int size;

    public EnqueueingBehindOwn(Integer size) {
      this.size = size;
    }

    @Override
    public long applyAsLong(LongSupplier meter) {
      LedgerScene scene = new LedgerScene(TestLimits.of(4, 0, 2));
      scene.lease("a");
      scene.lease("a");
      for (int i = 0; i < size; i++) {
        scene.enqueue("a");
      }
      long before = meter.getAsLong();
      scene.enqueue("a");
      return meter.getAsLong() - before;
    }
  }

  /** What a return costs while {@code size} tenants, with one connection each, wait for another. */
  public static final class ReturningBesideCandidates implements ToLongFunction<LongSupplier> {
    private final int size;

    public ReturningBesideCandidates(Integer size) {
      this.size = size;
    }

    @Override
    public long applyAsLong(LongSupplier meter) {
      LedgerScene scene = new LedgerScene(TestLimits.elastic(size + 3, 1));
      Slot rich = scene.lease("rich");
      scene.lease("rich");
      for (int i = 0; i < size; i++) {
        scene.lease("t" + i);
      }
      // The last permit is left to others for a moment.
      for (int i = 0; i < size; i++) {
        scene.enqueue("t" + i);
      }
      long before = meter.getAsLong();
      scene.giveBack(rich);
      return meter.getAsLong() - before;
    }
  }

  /** What a return costs while {@code size} waiters of one tenant have been told of one already. */
  public static final class ReturningToSignalled implements ToLongFunction<LongSupplier> {
    private final int size;

    public ReturningToSignalled(Integer size) {
      this.size = size;
    }

    @Override
    public long applyAsLong(LongSupplier meter) {
      LedgerScene scene = new LedgerScene(TestLimits.of(size + 1, 0, size + 1));
      List<Slot> leased = new ArrayList<>();
      for (int i = 0; i <= size; i++) {
        leased.add(scene.lease("a"));
      }
      List<Waiter> waiters = new ArrayList<>();
      for (int i = 0; i <= size; i++) {
        waiters.add(scene.enqueue("a"));
      }
      for (int i = 0; i < size; i++) {
        scene.ledger.returned(leased.get(i), null, scene.now);
      }
      assertTrue(waiters.get(size - 1).isSignalled());
      long before = meter.getAsLong();
      scene.ledger.returned(leased.get(size), null, scene.now);
      long steps = meter.getAsLong() - before;
      assertTrue(waiters.get(size).isSignalled());
      return steps;
    }
  }

  /** What it costs to lower a budget by {@code size} free connections, for each of them. */
  public static final class LoweringTheBudget implements ToLongFunction<LongSupplier> {
    private final int size;

    public LoweringTheBudget(Integer size) {
      this.size = size;
    }

    @Override
    public long applyAsLong(LongSupplier meter) {
      LedgerScene scene = new LedgerScene(TestLimits.of(size + 100, 10, 1));
      for (int i = 0; i < size / 2; i++) {
        scene.idle("sys" + i);
      }
      for (int i = 0; i < size / 2; i++) {
        scene.idle("t" + i);
      }
      long before = meter.getAsLong();
      scene.ledger.neighbours().serverAllows(OptionalInt.of(20));
      long steps = meter.getAsLong() - before;
      assertEquals(10, scene.ledger.book().usable(), "20 less the reserve of 10");
      return steps / size;
    }
  }

  /**
   * What it costs an ordinary tenant to find its victim behind {@code size} older tenants whose
   * connections are all of the reserve, promised, or remembered.
   */
  public static final class FindingAVictim implements ToLongFunction<LongSupplier> {
    private final int size;

    public FindingAVictim(Integer size) {
      this.size = size;
    }

    @Override
    public long applyAsLong(LongSupplier meter) {
      LedgerScene scene = new LedgerScene(TestLimits.of(2 * size + 1, size, 1));
      for (int i = 0; i < size; i++) {
        scene.idle("sys" + i);
      }
      for (int i = 0; i < size; i++) {
        Slot slot = scene.lease("t" + i + "@pool");
        LedgerScene.physical(slot).remembered = true;
        scene.giveBack(slot);
      }
      Slot victim = scene.idle("last");
      long before = meter.getAsLong();
      Slot heir = scene.take("newcomer");
      long steps = meter.getAsLong() - before;
      assertNotNull(heir);
      assertEquals(victim, heir.victim());
      return steps;
    }
  }

  /** What it costs to replace the rarest of {@code size} tenants, and to return. */
  public static final class ReplacingTheRarest implements ToLongFunction<LongSupplier> {
    private final int size;

    public ReplacingTheRarest(Integer size) {
      this.size = size;
    }

    @Override
    public long applyAsLong(LongSupplier meter) {
      LedgerScene scene =
          new LedgerScene(
              TestLimits.ordered(
                  TestLimits.of(size, 0, 1), EvictionOrder.FREQUENCY, LendingOrder.LIFO));
      Slot rarest = scene.idle("first");
      for (int i = 1; i < size; i++) {
        scene.idle("t" + i);
        scene.idle("t" + i);
      }
      long before = meter.getAsLong();
      Slot heir = scene.lease("newcomer");
      scene.giveBack(heir);
      long steps = meter.getAsLong() - before;
      assertEquals(SlotState.CLOSED, rarest.state());
      return steps;
    }
  }

  /** What the end of a reset costs when {@code size} tenants have returned since it began. */
  public static final class EndingAReset implements ToLongFunction<LongSupplier> {
    private final int size;

    public EndingAReset(Integer size) {
      this.size = size;
    }

    @Override
    public long applyAsLong(LongSupplier meter) {
      LedgerScene scene = new LedgerScene(TestLimits.of(size + 1, 0, 1));
      Slot slot = scene.lease("first");
      List<Slot> leased = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        leased.add(scene.lease("t" + i));
      }
      scene.giveBack(slot);
      assertEquals(slot, scene.ledger.book().nextWork(scene.now));
      leased.forEach(scene::giveBack);
      LedgerScene.reset(slot);
      long before = meter.getAsLong();
      scene.ledger.cleaned(slot, scene.now);
      return meter.getAsLong() - before;
    }
  }

  /** What it costs to take over a doomed connection behind {@code size} others that are dirty. */
  public static final class TakingOverADoomedOne implements ToLongFunction<LongSupplier> {
    private final int size;

    public TakingOverADoomedOne(Integer size) {
      this.size = size;
    }

    @Override
    public long applyAsLong(LongSupplier meter) {
      LedgerScene scene = new LedgerScene(TestLimits.of(size + 1, 0, 1));
      List<Slot> leased = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        leased.add(scene.lease("t" + i));
      }
      Slot broken = scene.lease("last");
      leased.forEach(scene::giveBack);
      scene.ledger.returned(broken, EvictionCause.BROKEN, scene.now);
      long before = meter.getAsLong();
      Slot heir = scene.take("newcomer");
      long steps = meter.getAsLong() - before;
      assertNotNull(heir);
      assertEquals(broken, heir.victim());
      return steps;
    }
  }
}
