package io.tenantpool.observation;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.util.Credentials;
import io.tenantpool.config.Settings;
import io.tenantpool.pool.TenantSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a tenant's pool in HikariCP's words. They are those of the agent: to be read
 * here, to be changed by its properties. What HikariCP has and the agent has not reads as off.
 */
final class HikariConfigView implements HikariConfigMXBean {

  private final String pool;
  private final Settings settings;
  private final Cached<TenantSnapshot> snapshot;

  HikariConfigView(String pool, Settings settings, Cached<TenantSnapshot> snapshot) {
    this.pool = pool;
    this.settings = settings;
    this.snapshot = snapshot;
  }

  private UnsupportedOperationException refusal(String advice) {
    return new UnsupportedOperationException(pool + " belongs to Tenant Pool Agent: " + advice);
  }

  private UnsupportedOperationException change(String property) {
    return refusal("set " + property + " and start the application again");
  }

  private UnsupportedOperationException fromRequest(String what) {
    return refusal(what + " is that of each request for a connection, set it in the application");
  }

  @Override
  public String getPoolName() {
    return pool;
  }

  @Override
  public long getConnectionTimeout() {
    return settings.acquireTimeout().toMillis();
  }

  @Override
  public void setConnectionTimeout(long connectionTimeoutMs) {
    throw change("tenantpool.acquire-timeout");
  }

  /** The agent validates within what is left of the acquire timeout. */
  @Override
  public long getValidationTimeout() {
    return settings.acquireTimeout().toMillis();
  }

  @Override
  public void setValidationTimeout(long validationTimeoutMs) {
    throw change("tenantpool.acquire-timeout, which bounds validation too,");
  }

  @Override
  public long getIdleTimeout() {
    return settings.maxIdleTime().toMillis();
  }

  @Override
  public void setIdleTimeout(long idleTimeoutMs) {
    throw change("tenantpool.max-idle-time");
  }

  @Override
  public long getLeakDetectionThreshold() {
    return 0;
  }

  @Override
  public void setLeakDetectionThreshold(long leakDetectionThresholdMs) {
    throw refusal("it has no leak detection; tenantpool.acquire-timeout names the longest holders");
  }

  @Override
  public long getMaxLifetime() {
    return settings.maxLifetime().toMillis();
  }

  @Override
  public void setMaxLifetime(long maxLifetimeMs) {
    throw change("tenantpool.max-lifetime");
  }

  @Override
  public int getMinimumIdle() {
    return 0;
  }

  @Override
  public void setMinimumIdle(int minIdle) {
    throw refusal(
        "no tenant keeps idle connections that another needs; see tenantpool.max-idle-time");
  }

  @Override
  public int getMaximumPoolSize() {
    return snapshot.get().limit();
  }

  @Override
  public void setMaximumPoolSize(int maxPoolSize) {
    throw change("tenantpool.max-connections-per-tenant");
  }

  @Override
  public void setPassword(@Nullable String password) {
    throw fromRequest("the password");
  }

  @Override
  public void setUsername(@Nullable String username) {
    throw fromRequest("the user");
  }

  @Override
  public void setCredentials(@Nullable Credentials credentials) {
    throw fromRequest("the user");
  }

  /** None: the URL alone decides. */
  @Override
  public @Nullable String getCatalog() {
    return null;
  }

  @Override
  public void setCatalog(@Nullable String catalog) {
    throw fromRequest("the catalog");
  }
}
