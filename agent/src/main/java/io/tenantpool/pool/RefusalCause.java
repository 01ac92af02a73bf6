package io.tenantpool.pool;

/** Why somebody gets no place in the waiting line. */
public enum RefusalCause {
  /** {@code tenantpool.max-waiting} threads wait, or as many of the tenant as places are left. */
  LINE_FULL,
  /** At the rate at which connections come back its time would be over long before its turn. */
  HOPELESS
}
