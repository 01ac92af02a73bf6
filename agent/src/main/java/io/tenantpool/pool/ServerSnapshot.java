package io.tenantpool.pool;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import io.tenantpool.config.TenantCap;
import io.tenantpool.connection.Pin;
import java.util.Map;

/**
 * One server at one instant. Counters run from the start of the JVM and never go back. Durations
 * are nanoseconds.
 *
 * @param server the server's name, such as {@code db:5432}
 * @param budget the hard cap in force, after it was lowered to what the server allows
 * @param configuredBudget the cap that was configured
 * @param allowed what the server says that it allows; 0 when that is not known, or not asked
 * @param neighboursLeave what others who use the server leave of that; 0 while there is no shortage
 * @param reserved the part of the budget that only system URLs may use
 * @param perTenant the share of each tenant of whom no limit says anything else
 * @param open permits in use: physical connections, those being opened, validated and closed
 *     included
 * @param active leased to the application
 * @param connecting those on their way to a session, a victim being closed first included
 * @param idle ready for the next borrow, those awaiting their reset included
 * @param waiting threads in the waiting line
 * @param tenants tenants ever seen
 * @param liveTenants tenants with a physical connection, one being opened, or somebody waiting
 * @param peakOpen the most permits in use at once since the start or the last {@code resetPeaks}
 * @param peakActive the most leases at once, likewise
 * @param peakWaiting the most waiters at once, likewise
 * @param bypassed open connections to this server that the agent does not pool, as far as it can
 *     tell
 * @param bypassedOpens connections to this server that went straight to the driver
 * @param borrows borrows that succeeded
 * @param borrowNanos time that those borrows took, added up
 * @param maxBorrowNanos the longest of them since the start or the last {@code resetPeaks}
 * @param hits borrows that needed no connect
 * @param timeouts borrows that ended with the acquire timeout
 * @param refusals borrows that were refused a place in the waiting line, by cause; causes that
 *     never occurred are absent
 * @param opens physical connections opened
 * @param openFailures connects that failed
 * @param openNanos time that the successful connects took, added up
 * @param resets sessions made clean
 * @param leaksSuspected leases that took longer than {@code tenantpool.leak-detection-threshold}
 * @param evictions physical connections closed by the pool, by cause; causes that never occurred
 *     are absent
 * @param pins pins, by cause; causes that never occurred are absent
 * @param circuit whether connects are let through
 * @param tenantCap whether a tenant's share is its cap, too
 * @param tenantLimits what holds for some tenants, as an operator wrote it
 * @param aboveShare connections that tenants have above their shares
 * @param holdAndWaits waits in vain for connections whose holders did nothing with them
 * @param waits borrowers that waited, by what for; causes that never occurred are absent
 * @param direct connections that the application itself has got: each would be a connect without
 *     the agent
 * @param openedByPools connections that application pools have got, by their libraries: so would
 *     each of these
 * @param evictionOrder whose idle connection is to go when another tenant needs its place
 * @param evictionOrderNow the order of victims that is in force now
 * @param lendingOrder which of a tenant's idle connections a borrower gets
 */
public record ServerSnapshot(
    String server,
    int budget,
    int configuredBudget,
    int allowed,
    int neighboursLeave,
    int reserved,
    int perTenant,
    int open,
    int active,
    int connecting,
    int idle,
    int waiting,
    int tenants,
    int liveTenants,
    int peakOpen,
    int peakActive,
    int peakWaiting,
    int bypassed,
    long bypassedOpens,
    long borrows,
    long borrowNanos,
    long maxBorrowNanos,
    long hits,
    long timeouts,
    Map<RefusalCause, Long> refusals,
    long opens,
    long openFailures,
    long openNanos,
    long resets,
    long leaksSuspected,
    Map<EvictionCause, Long> evictions,
    Map<Pin, Long> pins,
    CircuitSnapshot circuit,
    TenantCap tenantCap,
    String tenantLimits,
    int aboveShare,
    long holdAndWaits,
    Map<WaitCause, WaitTally> waits,
    long direct,
    Map<String, Long> openedByPools,
    EvictionOrder evictionOrder,
    EvictionOrder evictionOrderNow,
    LendingOrder lendingOrder) {

  /** Connections that application pools have got, all libraries together. */
  public long openedByAllPools() {
    return openedByPools.values().stream().mapToLong(Long::longValue).sum();
  }
}
