package io.tenantpool.pool;

/** Why the pool closed a physical connection. */
public enum EvictionCause {
  /** Another tenant needed the permit. */
  CAPACITY,
  /**
   * Another pool key (user, password, property, class loader) of the same tenant needed the permit.
   */
  OTHER_KEY,
  /** Idle for longer than {@code tenantpool.max-idle-time}. */
  IDLE,
  /** Older than {@code tenantpool.max-lifetime}, less its jitter. */
  LIFETIME,
  /** An error said that the session is gone, or the application aborted it. */
  BROKEN,
  /** It did not answer when it was validated before being lent again. */
  VALIDATION,
  /** Its session could not be made as clean as new, or its database has no known way to do so. */
  RESET,
  /** The application holds the physical connection or something that leads to it. */
  HANDED_OUT,
  /** The budget, or the cap of its tenant, was lowered below what was open. */
  BUDGET,
  /** The application pool that its session was kept for has closed its last connection. */
  ABANDONED,
  /** An operator asked for it: {@code evictIdle} or {@code closeTenant}. */
  OPERATOR,
  /** {@code tenantpool.mode} was switched: nothing is pooled any more. */
  SWITCHED,
  /** The JVM or the agent is shutting down. */
  SHUTDOWN
}
