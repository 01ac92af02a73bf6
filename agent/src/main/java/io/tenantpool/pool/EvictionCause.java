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
  /** The application pool that its session was kept for has closed the connections that used it. */
  ABANDONED,
  /** An operator asked for it: {@code evictIdle}, {@code closeTenant} or {@code closeDatabase}. */
  OPERATOR,
  /**
   * What a login gives or allows has changed since: a setting, a right or a role, or the database
   * has a trigger for logins, which a reset does not run.
   */
  OUTDATED,
  /** It stood in the way of a statement of this JVM that needs the database alone. */
  IN_THE_WAY,
  /** A limit of its role or database was reached, and another connect needed its place. */
  LOGIN_LIMIT,
  /** It is one to a template database, whose sessions stop every {@code CREATE DATABASE}. */
  TEMPLATE,
  /** {@code tenantpool.mode} was switched: nothing is pooled any more. */
  SWITCHED,
  /** The JVM or the agent is shutting down. */
  SHUTDOWN
}
