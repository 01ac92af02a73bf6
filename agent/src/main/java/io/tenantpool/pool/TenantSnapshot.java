package io.tenantpool.pool;

import io.tenantpool.connection.Pin;
import java.util.Map;

/**
 * One tenant of one server at one instant. Counters run from the start of the JVM and never go
 * back, not even when every connection of the tenant has been evicted. Durations are nanoseconds.
 *
 * @param server the server's name, such as {@code db:5432}
 * @param tenant the tenant's name
 * @param url the URL that was asked for last, without secrets
 * @param limit how many connections the tenant may have: its cap, and no more than there is
 * @param live whether the tenant has a physical connection, one being opened, or somebody waiting
 * @param open physical connections, those being opened or closed included
 * @param active leased to the application
 * @param connecting those on their way to a session, a victim being closed first included
 * @param idle ready for the next borrow, those awaiting their reset included
 * @param waiting threads in the waiting line
 * @param peakActive the most leases at once since the start or the last {@code resetPeaks}
 * @param peakWaiting the most waiters at once since the start or the last {@code resetPeaks}
 * @param borrows borrows that succeeded
 * @param borrowNanos time that those borrows took, added up
 * @param maxBorrowNanos the longest of them since the start or the last {@code resetPeaks}
 * @param hits borrows that needed no connect
 * @param timeouts borrows that ended with the acquire timeout
 * @param opens physical connections opened
 * @param openFailures connects that failed
 * @param openNanos time that the successful connects took, added up
 * @param resets sessions made clean
 * @param evictions physical connections closed by the pool, by cause; causes that never occurred
 *     are absent
 * @param pins pins, by cause; causes that never occurred are absent
 * @param lastUsedMillis wall-clock time of the last borrow or return, epoch milliseconds
 * @param circuit whether connects of the tenant are let through; of several pool keys the worst
 * @param untried borrows that were told what others had met
 * @param share how many connections it is sure of; {@code limit} is how many it may have at most
 * @param aboveShare how many of its connections are above its share
 * @param holdAndWaits waits in vain for connections whose holders did nothing with them
 * @param waits borrowers that waited, by what for; causes that never occurred are absent
 * @param minimum how many it has before anybody has more than that; 0 for most tenants
 * @param weight how much more than others it gets; 1 for most tenants
 */
public record TenantSnapshot(
    String server,
    String tenant,
    String url,
    int limit,
    boolean live,
    int open,
    int active,
    int connecting,
    int idle,
    int waiting,
    int peakActive,
    int peakWaiting,
    long borrows,
    long borrowNanos,
    long maxBorrowNanos,
    long hits,
    long timeouts,
    long opens,
    long openFailures,
    long openNanos,
    long resets,
    Map<EvictionCause, Long> evictions,
    Map<Pin, Long> pins,
    long lastUsedMillis,
    CircuitState circuit,
    long untried,
    int share,
    int aboveShare,
    long holdAndWaits,
    Map<WaitCause, WaitTally> waits,
    int minimum,
    int weight) {}
