package io.tenantpool.pool;

/**
 * What of the elastic shares was found by simulation; {@code docs/sharing.md} has the table.
 *
 * @param unwantedInConnects how long a connection must have been free before a tenant that has its
 *     share may take it from another, as a multiple of the measured cost of a connect
 * @param waitInConnects how long a thread must have waited before its tenant, which has one
 *     connection and not yet its share, may take another's, likewise: its own may be back sooner
 *     than a new one is open
 * @param quantaForEach how much later than it came a tenant's turn is for each connection that it
 *     has, in {@linkplain ConnectCost#quantumNanos quanta}
 * @param surplusFirst whether whoever takes from others takes what they have above their shares
 *     before it takes from the least recently used tenant
 * @param replacementsAtOnce how many connects may be under way at once that take another tenant's
 *     place; 0 for as many as {@link ReplacementPlaces} finds
 */
record SharingPolicy(
    int unwantedInConnects,
    int waitInConnects,
    int quantaForEach,
    boolean surplusFirst,
    int replacementsAtOnce) {

  static final SharingPolicy CHOSEN = new SharingPolicy(20, 2, 1, true, 0);
}
