package io.tenantpool.observation.capacity;

import io.tenantpool.config.EvictionOrder;

/**
 * What the curve needs to know beside the borrows.
 *
 * @param cap the cap in force for tenants: the budget less its reserve
 * @param connectNanos what opening a connection takes on average
 * @param acquireTimeoutNanos the longest that a borrow can wait
 * @param order whose idle connection goes first
 * @param capped whether the cap was in force at all: connections that were only watched have none
 */
public record Conditions(
    int cap, long connectNanos, long acquireTimeoutNanos, EvictionOrder order, boolean capped) {

  /** With the cap in force. */
  public Conditions(int cap, long connectNanos, long acquireTimeoutNanos, EvictionOrder order) {
    this(cap, connectNanos, acquireTimeoutNanos, order, true);
  }
}
