package io.tenantpool.it.pools.library;

import org.apache.tomcat.jdbc.pool.PoolProperties;

/** Tomcat's JDBC pool as it is usually set up: with interceptors, statement cache and roll-back. */
public final class TomcatWithCache extends Tomcat {

  /** For {@link PoolAdapter#named}. */
  public TomcatWithCache() {}

  @Override
  protected void configure(PoolProperties properties, PoolSettings settings) {
    properties.setRollbackOnReturn(true);
    properties.setTestOnBorrow(true);
    properties.setValidationQuery("SELECT 1");
    properties.setJdbcInterceptors(
        "ConnectionState;StatementFinalizer;StatementCache(prepared=true,callable=false,max="
            + settings.statementCache()
            + ")");
  }

  @Override
  public boolean rollsBackOnReturn(boolean autoCommit) {
    // With autocommit it takes for granted that there is nothing to undo.
    return !autoCommit;
  }
}
