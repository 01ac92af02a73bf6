package io.tenantpool.pool;

/**
 * Borrowers that waited for one {@link WaitCause}.
 *
 * @param waits how many
 * @param nanos how long, added up, in nanoseconds
 */
public record WaitTally(long waits, long nanos) {

  /** Nobody has. */
  public static final WaitTally NONE = new WaitTally(0, 0);

  WaitTally and(long more) {
    return new WaitTally(waits + 1, nanos + more);
  }
}
