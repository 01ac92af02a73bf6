package io.tenantpool.observation;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.util.Credentials;
import io.tenantpool.config.Settings;
import io.tenantpool.pool.TenantSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a tenant's pool in HikariCP's words. The tenant's cap can be changed here, as the
 * size of a pool can. The others are those of all tenants: to be read here, to be changed at the
 * PoolManager. What HikariCP has and the agent has not reads as off.
 */
final class HikariConfigView implements HikariConfigMXBean {

  private final String pool;
  private final String server;
  private final String tenant;
  private final SettingOperations changes;
  private final Cached<TenantSnapshot> snapshot;

  HikariConfigView(
      String server, String tenant, SettingOperations changes, Cached<TenantSnapshot> snapshot) {
    this.pool = Names.hikariPool(server, tenant);
    this.server = server;
    this.tenant = tenant;
    this.changes = changes;
    this.snapshot = snapshot;
  }

  private Settings settings() {
    return changes.settings().of(server);
  }

  private UnsupportedOperationException refusal(String advice) {
    return new UnsupportedOperationException(pool + " belongs to Tenant Pool Agent: " + advice);
  }

  private UnsupportedOperationException change(String property) {
    return refusal(
        "set " + property + " by changeSetting of " + Names.POOL_MANAGER + ", for all tenants");
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
    return settings().acquireTimeout().toMillis();
  }

  @Override
  public void setConnectionTimeout(long connectionTimeoutMs) {
    throw change("tenantpool.acquire-timeout");
  }

  /** The agent validates within what is left of the acquire timeout. */
  @Override
  public long getValidationTimeout() {
    return settings().acquireTimeout().toMillis();
  }

  @Override
  public void setValidationTimeout(long validationTimeoutMs) {
    throw change("tenantpool.acquire-timeout, which bounds validation too,");
  }

  @Override
  public long getIdleTimeout() {
    return settings().maxIdleTime().toMillis();
  }

  @Override
  public void setIdleTimeout(long idleTimeoutMs) {
    throw change("tenantpool.max-idle-time");
  }

  @Override
  public long getLeakDetectionThreshold() {
    return settings().leakDetectionThreshold().toMillis();
  }

  @Override
  public void setLeakDetectionThreshold(long leakDetectionThresholdMs) {
    throw change("tenantpool.leak-detection-threshold");
  }

  @Override
  public long getMaxLifetime() {
    return settings().maxLifetime().toMillis();
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
    changes.limitTenant(server, tenant, getMaximumPoolSize(), maxPoolSize);
    snapshot.expire();
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
