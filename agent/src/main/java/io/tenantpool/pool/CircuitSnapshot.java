package io.tenantpool.pool;

/**
 * Whether connects to a server are let through, at one instant.
 *
 * @param state the circuit of the server itself
 * @param failedInARow connects that failed because the server did not answer, since it last did
 * @param openings how often its circuit has opened
 * @param untried borrows that were told what others had met
 * @param tenantsShut tenants with a circuit of their own that is open
 * @param places how many may connect at once after an outage; 0 for as many as there are permits
 * @param replacementPlaces how many connects may be under way at once that take the place of
 *     another tenant's connection
 */
public record CircuitSnapshot(
    CircuitState state,
    int failedInARow,
    long openings,
    long untried,
    int tenantsShut,
    int places,
    int replacementPlaces) {

  /** Of a server of which nothing is known. */
  public static final CircuitSnapshot NONE =
      new CircuitSnapshot(CircuitState.CLOSED, 0, 0, 0, 0, 0, 0);
}
