package io.tenantpool.connection;

/**
 * Session state that JDBC or a vendor interface has a setter for, and of which the driver keeps a
 * copy of its own that no command to the server changes back.
 */
enum SessionProperty {
  AUTO_COMMIT,
  READ_ONLY,
  ISOLATION,
  HOLDABILITY,
  SCHEMA,
  CATALOG,
  NETWORK_TIMEOUT,
  CLIENT_INFO,
  TYPE_MAP,
  PREPARE_THRESHOLD,
  DEFAULT_FETCH_SIZE,
  QUERY_TIMEOUT,
  AUTOSAVE,
  ADAPTIVE_FETCH,
  /** Set by SQL alone, with {@code SET ROLE}. */
  ROLE,
  /** The driver's thread for time-outs: a statement was given one. */
  QUERY_TIMER,
  /** The seed of {@code random()}: a statement spoke of it. */
  SEED
}
