package io.tenantpool.observation;

import java.util.function.Consumer;

/** What an operator asks of the pool, with a line in the log that somebody did. */
final class Operations {

  private final PoolFigures pool;
  private final AgentLog log;
  private final Consumer<String> resetTimes;

  /** {@code resetTimes} forgets the borrow times of a server and its tenants. */
  Operations(PoolFigures pool, AgentLog log, Consumer<String> resetTimes) {
    this.pool = pool;
    this.log = log;
    this.resetTimes = resetTimes;
  }

  int evictIdle(String server) {
    int evicted = pool.evictIdle(server);
    log.operator("evictIdle", server, null, evicted);
    return evicted;
  }

  int evictIdle(String server, String tenant) {
    int evicted = pool.evictIdle(server, tenant);
    log.operator("evictIdle", server, tenant, evicted);
    return evicted;
  }

  boolean closeTenant(String server, String tenant) {
    boolean known = pool.closeTenant(server, tenant);
    log.operator("closeTenant", server, tenant, known);
    return known;
  }

  int closeDatabase(String server, String database) {
    int closed = pool.closeDatabase(server, database);
    log.operator("closeDatabase " + database, server, null, closed);
    return closed;
  }

  void resetPeaks(String server) {
    pool.resetPeaks(server);
    resetTimes.accept(server);
    log.operator("resetPeaks", server, null, true);
  }
}
