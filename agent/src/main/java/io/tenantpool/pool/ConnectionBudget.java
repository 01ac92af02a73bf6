package io.tenantpool.pool;

import java.util.OptionalInt;

/**
 * The ledger of one server's permits. The budget is the least of three limits: the configured one,
 * what the server says that it allows, and what its {@linkplain NeighbourLimit neighbours} leave.
 * Invariant: {@code used} is the number of slots that may have a socket, and never exceeds the
 * budget, unless the budget was lowered under it; what ordinary tenants use never exceeds the
 * budget less the reserve. Not thread-safe: the server's lock guards it.
 */
final class ConnectionBudget {

  /** No number of connections reaches it. */
  static final int NO_LIMIT = Integer.MAX_VALUE;

  private int configured;
  private int reserved;
  private int allowed = NO_LIMIT;
  private int left = NO_LIMIT;
  private boolean asked = true;
  private long doubts;
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
    if (!isFree(system)) {
      return false;
    }
    used++;
    if (!system) {
      usedByOrdinary++;
    }
    return true;
  }

  /** Whether there is a permit for this kind of tenant. */
  boolean isFree(boolean system) {
    return used < budget && (system || usedByOrdinary < ordinaryBudget());
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
   * What the server has said that it allows, never below one; more than before as well as less.
   *
   * @param says empty when it does not say
   */
  void serverAllows(OptionalInt says) {
    allowed = asked && says.isPresent() ? Math.max(1, says.getAsInt()) : NO_LIMIT;
    refresh();
  }

  /** So many are in use, so many of them by ordinary tenants. */
  void recount(int inUse, int inUseByOrdinary) {
    used = inUse;
    usedByOrdinary = inUseByOrdinary;
  }

  /** What the server's neighbours leave, {@link #NO_LIMIT} while there is no shortage. */
  void neighboursLeave(int connections) {
    left = connections;
    refresh();
  }

  /** Sets budget and reserve anew; what the server allows and its neighbours leave stays. */
  void configure(int newBudget, int newReserve) {
    configured = newBudget;
    reserved = newReserve;
    refresh();
  }

  /** Whether what the server says that it allows counts; what it said before is forgotten. */
  void asks(boolean counts) {
    asked = counts;
    allowed = counts ? allowed : NO_LIMIT;
    refresh();
    doubt();
  }

  private void refresh() {
    budget = Math.min(configured, Math.min(allowed, left));
  }

  /** Something happened after which the server may allow another number, or be another one. */
  void doubt() {
    doubts++;
  }

  /** How often that has happened. */
  long doubts() {
    return doubts;
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

  /** What the server says that it allows, {@link #NO_LIMIT} when that is not known. */
  int allowed() {
    return allowed;
  }

  /** What its neighbours leave, {@link #NO_LIMIT} while there is no shortage. */
  int left() {
    return left;
  }

  /** What it would be without neighbours. */
  int withoutNeighbours() {
    return Math.min(configured, allowed);
  }

  /** Why the budget is not what was configured, and what to do; empty when it is. */
  String whyLower() {
    if (budget == configured) {
      return "";
    }
    return budget < allowed
        ? "The server refused more than "
            + budget
            + " because others use its connections: have those use fewer, or raise its"
            + " max_connections"
        : "The server itself allows no more than "
            + budget
            + ": raise its max_connections, or set tenantpool.server-limit=off if it is behind a"
            + " connection pooler";
  }

  int used() {
    return used;
  }

  /** What one tenant can have whose cap is that: no more than there is for its kind. */
  int most(boolean system, int cap) {
    return Math.min(cap, system ? budget : ordinaryBudget());
  }

  /** What tenants other than system tenants may use together. */
  int ordinaryBudget() {
    return Math.max(1, budget - reserved);
  }
}
