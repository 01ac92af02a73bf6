package io.tenantpool.pool;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import io.tenantpool.config.ServerLimit;
import io.tenantpool.config.Settings;
import java.time.Duration;

/**
 * The numbers that bound one server's pool.
 *
 * @param budget the hard cap on physical connections
 * @param reserved the part of it that only system tenants may use
 * @param sharing how much of it each tenant may have
 * @param acquireTimeout the longest wait for a connection
 * @param maxIdle how long a connection may be idle
 * @param maxLifetime how long a connection may live; each gets up to a quarter less, so that they
 *     do not all die at once
 * @param validateAfter a connection that was idle for longer is asked for a sign of life before it
 *     is lent
 * @param validationTimeout how long it may take to give one
 * @param leakNanos how long a lease may take before it is said to be leaked, in nanoseconds; 0 for
 *     ever
 * @param breaksCircuits whether connects that fail again and again hold others back
 * @param asksServer whether what the server says that it allows bounds the budget
 * @param maxWaiting how many threads may wait, of ordinary tenants and of system tenants each
 * @param evictionOrder whose idle connection goes when another tenant needs its place
 * @param lendingOrder which of a tenant's idle connections a borrower gets
 */
record PoolLimits(
    int budget,
    int reserved,
    Sharing sharing,
    Duration acquireTimeout,
    Duration maxIdle,
    Duration maxLifetime,
    Duration validateAfter,
    Duration validationTimeout,
    long leakNanos,
    boolean breaksCircuits,
    boolean asksServer,
    int maxWaiting,
    EvictionOrder evictionOrder,
    LendingOrder lendingOrder) {

  /** HikariCP's {@code aliveBypassWindow}. */
  private static final Duration VALIDATE_AFTER = Duration.ofMillis(500);

  /** HikariCP's {@code validationTimeout}. */
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Limits with a hard cap for each tenant and a circuit breaker, for a server that is asked and a
   * line of any length.
   */
  PoolLimits(
      int budget,
      int reserved,
      int perTenant,
      Duration acquireTimeout,
      Duration maxIdle,
      Duration maxLifetime,
      Duration validateAfter,
      Duration validationTimeout,
      long leakNanos) {
    this(
        budget,
        reserved,
        Sharing.hard(perTenant),
        acquireTimeout,
        maxIdle,
        maxLifetime,
        validateAfter,
        validationTimeout,
        leakNanos,
        true,
        true,
        Integer.MAX_VALUE);
  }

  /** Limits under which the least recently used goes, and the last one returned comes first. */
  PoolLimits(
      int budget,
      int reserved,
      Sharing sharing,
      Duration acquireTimeout,
      Duration maxIdle,
      Duration maxLifetime,
      Duration validateAfter,
      Duration validationTimeout,
      long leakNanos,
      boolean breaksCircuits,
      boolean asksServer,
      int maxWaiting) {
    this(
        budget,
        reserved,
        sharing,
        acquireTimeout,
        maxIdle,
        maxLifetime,
        validateAfter,
        validationTimeout,
        leakNanos,
        breaksCircuits,
        asksServer,
        maxWaiting,
        EvictionOrder.LRU,
        LendingOrder.LIFO);
  }

  static PoolLimits of(Settings settings) {
    return new PoolLimits(
        settings.maxConnections(),
        settings.effectiveReserve(),
        new Sharing(
            settings.maxConnectionsPerTenant(),
            settings.serverBounds().tenantCap(),
            settings.serverBounds().tenantLimits()),
        settings.acquireTimeout(),
        settings.maxIdleTime(),
        settings.maxLifetime(),
        VALIDATE_AFTER,
        VALIDATION_TIMEOUT,
        settings.leakDetectionThreshold().toNanos(),
        settings.circuitBreaker(),
        settings.serverBounds().serverLimit() == ServerLimit.ASK,
        settings.serverBounds().maxWaiting(),
        settings.serverBounds().evictionOrder(),
        settings.serverBounds().lendingOrder());
  }

  /** Whether the stack of each borrow is wanted. */
  boolean watchesLeaks() {
    return leakNanos != 0;
  }
}
