package io.tenantpool.observation.capacity;

/**
 * What the curve needs to know beside the borrows.
 *
 * @param cap the cap in force for tenants: the budget less its reserve
 * @param connectNanos what opening a connection takes on average
 * @param acquireTimeoutNanos the longest that a borrow can wait
 * @param capped whether the cap was in force at all: connections that were only watched have none
 */
public record Conditions(int cap, long connectNanos, long acquireTimeoutNanos, boolean capped) {

  /** With the cap in force. */
  public Conditions(int cap, long connectNanos, long acquireTimeoutNanos) {
    this(cap, connectNanos, acquireTimeoutNanos, true);
  }
}
