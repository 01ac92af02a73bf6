package io.tenantpool.it.pools.library;

/**
 * What an application asks of the pool of one tenant.
 *
 * @param minimumIdle connections that the pool opens ahead
 * @param autoCommit the mode of its connections, where the library can be told
 * @param statementCache statements that each connection keeps, where the library has such a cache;
 *     0 for none
 * @param timeoutMillis how long a checkout waits
 */
public record PoolSettings(
    String name,
    String url,
    String user,
    String password,
    int minimumIdle,
    int maximum,
    boolean autoCommit,
    int statementCache,
    long timeoutMillis) {

  /** These settings with another maximum and time-out. */
  public PoolSettings limitedTo(int newMaximum, long newTimeoutMillis) {
    return new PoolSettings(
        name,
        url,
        user,
        password,
        Math.min(minimumIdle, newMaximum),
        newMaximum,
        autoCommit,
        statementCache,
        newTimeoutMillis);
  }
}
