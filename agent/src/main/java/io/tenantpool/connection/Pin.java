package io.tenantpool.connection;

/**
 * Why a lease cannot end yet, or why its physical connection cannot serve anybody else afterwards.
 */
public enum Pin {
  /** A transaction is open. */
  TRANSACTION,
  /** A batch is pending on a statement. */
  BATCH,
  /** A result set is open. */
  RESULT_SET,
  /** A large object, array or other locator that reads from its session is open. */
  LOCATOR,
  /**
   * A call on a vendor interface that left something behind in the session or in the driver, or
   * handed such a thing out.
   */
  VENDOR_CALL,
  /** The application holds the physical object itself, through {@code unwrap}. */
  UNWRAPPED
}
