package io.tenantpool.connection;

/**
 * Why a lease cannot end yet, or why its physical connection cannot serve anybody else afterwards.
 */
public enum Pin {
  /** A transaction is open. */
  TRANSACTION(stays("the transaction ends")),
  /** A batch is pending on a statement. */
  BATCH(stays("the batch is executed or cleared")),
  /** A result set is open. */
  RESULT_SET(stays("the result set is closed")),
  /** A large object, array or other locator that reads from its session is open. */
  LOCATOR(stays("the locator is freed")),
  /** A statement is open that could not be made anew on another physical connection. */
  STATEMENT(stays("the statement is closed")),
  /** SQL that may leave something was executed while the application pool had the connection. */
  USED_AT_REST(stays("the application pool takes it back again")),
  /** The session holds an advisory lock, which others see. */
  SESSION_LOCK(stays("its advisory locks are released")),
  /** The session listens for notifications. */
  LISTEN(stays("it listens to no channel any more")),
  /** The session acts for another user than the one that logged in. */
  AUTHORIZATION(stays("its session authorization is reset")),
  /** What the application pool did to set the connection up cannot be repeated on another one. */
  SET_UP("the physical connection stays leased until the connection is closed"),
  /**
   * The session has what ends with it alone, and others see: a temporary replication slot, a
   * replication origin, a running backup.
   */
  ENDS_WITH_SESSION(
      "the physical connection stays leased until the connection is closed, and is then closed too"),
  /**
   * A call on a vendor interface that left something behind in the session or in the driver, or
   * handed such a thing out.
   */
  VENDOR_CALL(Pin.CLOSED),
  /** The application holds the physical object itself, through {@code unwrap}. */
  UNWRAPPED(Pin.CLOSED);

  private static final String CLOSED =
      "the physical connection is closed at the end of the lease, and not reused";

  private final String consequence;

  Pin(String consequence) {
    this.consequence = consequence;
  }

  private static String stays(String end) {
    return "the physical connection stays leased until " + end + " or the connection is closed";
  }

  /** What it means for the operator, as a clause without a full stop. */
  public String consequence() {
    return consequence;
  }
}
