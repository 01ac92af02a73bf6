package io.tenantpool.observation.capacity;

/**
 * What the borrows so far would have met under one cap.
 *
 * @param cap connections
 * @param hitRate part of the borrows that find a connection open, 0 to 1
 * @param evictionsPerSecond connections closed because of the cap
 * @param waitRatio part of the borrows that wait for a connection, 0 to 1, estimated
 * @param waitNanos mean wait of all borrows, estimated
 */
public record CapacityPoint(
    int cap, double hitRate, double evictionsPerSecond, double waitRatio, double waitNanos) {}
