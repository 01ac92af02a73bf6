package io.tenantpool.pool;

/** Whether connects to a server, or with one pool key, are let through. */
public enum CircuitState {
  /** Whoever needs a connection connects. */
  CLOSED,

  /** Several connects in a row have failed: nobody connects until a pause is over. */
  OPEN,

  /** One connects, and the others wait for what comes of it. */
  HALF_OPEN
}
