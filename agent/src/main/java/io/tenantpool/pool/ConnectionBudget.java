package io.tenantpool.pool;

/**
 * The ledger of one server's permits. Invariant: {@code used} is the number of slots that may have
 * a socket, and never exceeds the budget, unless the budget was lowered under it; what ordinary
 * tenants use never exceeds the budget less the reserve. Not thread-safe: the server's lock guards
 * it.
 */
final class ConnectionBudget {

  private int configured;
  private int reserved;
  private int allowed = Integer.MAX_VALUE;
  private int budget;
  private int used;
  private int usedByOrdinary;

  ConnectionBudget(int configured, int reserved) {
    this.configured = configured;
    this.reserved = reserved;
    this.budget = configured;
  }

  /** Takes a permit if there is one for this kind of tenant. */
  boolean take(boolean system) {
    if (used >= budget || (!system && usedByOrdinary >= ordinaryBudget())) {
      return false;
    }
    used++;
    if (!system) {
      usedByOrdinary++;
    }
    return true;
  }

  /** Gives a permit back. */
  void release(boolean system) {
    if (used == 0 || (!system && usedByOrdinary == 0)) {
      throw new IllegalStateException("a permit was given back twice");
    }
    used--;
    if (!system) {
      usedByOrdinary--;
    }
  }

  /** Whether a permit may pass from one kind of tenant to another without touching the reserve. */
  boolean canPass(boolean fromSystem, boolean toSystem) {
    if (used > budget) {
      return false;
    }
    return toSystem || usedByOrdinary + (fromSystem ? 1 : 0) <= ordinaryBudget();
  }

  /** Counts a permit that {@linkplain #canPass may pass} for its new owner. */
  void pass(boolean fromSystem, boolean toSystem) {
    usedByOrdinary += (fromSystem ? 0 : -1) + (toSystem ? 0 : 1);
  }

  /**
   * Lowers the budget to what the server allows, never below one; true when that changed anything.
   */
  boolean lowerTo(int serverAllows) {
    allowed = Math.min(allowed, Math.max(1, serverAllows));
    int before = budget;
    budget = Math.min(configured, allowed);
    return budget < before;
  }

  /** So many are in use, so many of them by ordinary tenants. */
  void recount(int inUse, int inUseByOrdinary) {
    used = inUse;
    usedByOrdinary = inUseByOrdinary;
  }

  /** Sets budget and reserve anew; what the server allows stays the limit. */
  void configure(int newBudget, int newReserve) {
    configured = newBudget;
    reserved = newReserve;
    budget = Math.min(configured, allowed);
  }

  /** Whether more is open than the budget, lowered meanwhile, allows this kind of tenant. */
  boolean isExceeded(boolean system) {
    return used > budget || (!system && usedByOrdinary > ordinaryBudget());
  }

  int budget() {
    return budget;
  }

  int configured() {
    return configured;
  }

  int reserved() {
    return reserved;
  }

  int used() {
    return used;
  }

  /** What tenants other than system tenants may use together. */
  int ordinaryBudget() {
    return Math.max(1, budget - reserved);
  }
}
