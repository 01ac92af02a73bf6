package io.tenantpool.observation.capacity;

/**
 * What the curve needs to know beside the borrows.
 *
 * @param cap the cap in force for tenants: the budget less its reserve
 * @param connectNanos what opening a connection takes on average
 * @param acquireTimeoutNanos the longest that a borrow can wait
 */
public record Conditions(int cap, long connectNanos, long acquireTimeoutNanos) {}
