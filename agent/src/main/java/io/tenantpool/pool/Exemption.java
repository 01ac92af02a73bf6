package io.tenantpool.pool;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far tenants may be above their caps for threads that hold a connection of the tenant already
 * and need one more: such a thread might be waiting for itself. The first connection above its cap
 * a tenant may have whenever there is one for it; with it one such thread after another comes to
 * its end. Further ones only while all that is above caps is less than a quarter of the budget. And
 * never the last one that is left for others: a thread that forgets to close what it opens looks
 * the same from here. While the server has one tenant alone there is nobody to leave anything for.
 * Not thread-safe: the server's lock guards it.
 */
final class Exemption {

  private static final int PART = 4;

  /** Too few to keep one for others and still let a thread have two. */
  private static final int SMALL_BUDGET = 2;

  private final IntSupplier tenants;
  private final LastLease lastLease;
  private @Nullable ConnectionBudget budget;
  private int above;

  /** {@code tenants} says how many the server has seen. */
  Exemption(IntSupplier tenants) {
    this.tenants = tenants;
    lastLease = new LastLease(tenants);
  }

  /** Who may have the last connection of the budget; here, so that a tenant need not know both. */
  LastLease lastLease() {
    return lastLease;
  }

  /** Of this budget. */
  void of(ConnectionBudget counted) {
    budget = counted;
  }

  /** What was configured; as much as anybody may have. */
  int configuredBudget() {
    return budget == null ? Integer.MAX_VALUE : budget.configured() - budget.reserved();
  }

  /** So many connections more are above the caps of their tenants, or fewer. */
  void changed(int by) {
    above += by;
  }

  /** See {@link LedgerRepair}. */
  void recount(int counted) {
    above = counted;
  }

  /** Whether a tenant at its cap, which has {@code usable} connections, may have one more. */
  boolean allows(int usable, int cap) {
    if (budget == null) {
      return false;
    }
    if (tenants.getAsInt() <= 1) {
      return true;
    }
    int all = budget.ordinaryBudget();
    if (usable + 1 >= all && all > SMALL_BUDGET) {
      return false;
    }
    return usable <= cap || above < Math.max(1, all / PART);
  }
}
