package io.tenantpool.pool;

/**
 * Where a {@link Slot} is. One arrow, one named method of the slot:
 *
 * <pre>
 * OPENING    opened → TAKEN           openFailed → CLOSED
 * TAKEN      lent → ACTIVE            closing → CLOSING (if left)
 * ACTIVE     returned → DIRTY         returnedIdle → IDLE       doomed → DOOMED
 * DIRTY      resetting → RESETTING    doomed → DOOMED           closing → CLOSING
 * RESETTING  cleaned → IDLE           lent → ACTIVE             closing → CLOSING
 * IDLE       taken → TAKEN            validating → VALIDATING   resetting → RESETTING (if kept)
 *            doomed → DOOMED          closing → CLOSING
 * VALIDATING lent → ACTIVE            closing → CLOSING
 * DOOMED     closing → CLOSING
 * CLOSING    closed → CLOSED
 * </pre>
 */
enum SlotState {
  /** A borrower opens the socket, or closes its victim's first. */
  OPENING,
  /** A borrower owns it, and nothing is left to do before the lease begins. */
  TAKEN,
  /** Leased to the application. */
  ACTIVE,
  /** Returned, its session not yet made clean. */
  DIRTY,
  /** The reset worker or a borrower makes the session clean. */
  RESETTING,
  /** Free, and clean or kept as it is for the application pool that used it. */
  IDLE,
  /** A borrower asks it for a sign of life before taking it. */
  VALIDATING,
  /** To be closed; nobody does it yet. */
  DOOMED,
  /** Somebody closes the socket. */
  CLOSING,
  /** The socket is gone. */
  CLOSED
}
