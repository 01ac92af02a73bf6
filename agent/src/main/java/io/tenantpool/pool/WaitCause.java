package io.tenantpool.pool;

/** What a borrower waits for. */
public enum WaitCause {
  /** A connection of the server: all that the budget allows are in use. */
  BUDGET,

  /** Its tenant has what it may have: its share, or its cap. */
  SHARE,

  /** A session that is being made clean, which is back before a new one would be open. */
  RESET,

  /** Its connect, or its turn to connect while connects fail. */
  CONNECT
}
