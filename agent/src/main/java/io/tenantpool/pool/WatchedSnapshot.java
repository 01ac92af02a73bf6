package io.tenantpool.pool;

import io.tenantpool.connection.Pin;
import java.util.Map;

/**
 * What was seen of connections that are only watched, of one tenant or of a whole server. Counters
 * run from the start of the JVM; peaks, means and what is said to be of the window since the first
 * connection or the last {@code resetPeaks}. Durations are nanoseconds.
 *
 * @param tenant empty for the whole server
 * @param opens connections that the driver opened
 * @param openNanos time that this took, added up
 * @param held open now
 * @param peakHeld the most open at once
 * @param busy of those, running a statement or in a transaction, or checked out of an application
 *     pool
 * @param peakBusy the most busy at once
 * @param resting of those that are held, in application pools and not checked out
 * @param meanHeld open on average
 * @param meanBusy busy on average
 * @param windowNanos how long the window is
 * @param windowOpens opened in the window
 * @param windowOpenNanos time that this took, added up
 * @param wouldPin leases that would have been pinned, by cause; causes that never occurred are
 *     absent
 */
public record WatchedSnapshot(
    String tenant,
    long opens,
    long openNanos,
    int held,
    int peakHeld,
    int busy,
    int peakBusy,
    int resting,
    double meanHeld,
    double meanBusy,
    long windowNanos,
    long windowOpens,
    long windowOpenNanos,
    Map<Pin, Long> wouldPin) {

  /** Held and doing nothing, on average: what pooling could share. */
  public double meanIdle() {
    return Math.max(0, meanHeld - meanBusy);
  }
}
