package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.tenantpool.config.LogLevel;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class HikariMBeansTest {

  private static final String POOL = "com.zaxxer.hikari:type=Pool (tenant-pool db%3A5432/acme)";
  private static final String CONFIG =
      "com.zaxxer.hikari:type=PoolConfig (tenant-pool db%3A5432/acme)";

  private final Show show = new Show();

  @Test
  void aLiveTenantHasBothMBeansAndADormantOneHasNone() throws JMException {
    show.live("acme");
    assertEquals(Set.of(POOL, CONFIG), show.names("com.zaxxer.hikari:*"));
    show.dormant("acme");
    assertEquals(Set.of(), show.names("com.zaxxer.hikari:*"));
  }

  @Test
  void thePoolShowsTheTenantsConnections() throws JMException {
    show.live("acme");
    HikariPoolMXBean pool =
        JMX.newMXBeanProxy(show.mbeans, new ObjectName(POOL), HikariPoolMXBean.class);
    assertEquals(1, pool.getTotalConnections());
    assertEquals(1, pool.getIdleConnections());
    assertEquals(0, pool.getActiveConnections());
    assertEquals(0, pool.getThreadsAwaitingConnection());
    pool.softEvictConnections();
    assertEquals(List.of("closeTenant db:5432 acme"), show.pool.operations);
    assertThrows(IllegalStateException.class, pool::suspendPool);
    pool.resumePool();
    assertEquals(1, show.pool.operations.size());
  }

  @Test
  void theConfigurationShowsTheAgentsSettings() throws JMException {
    show.live("acme");
    HikariConfigMXBean config =
        JMX.newMXBeanProxy(show.mbeans, new ObjectName(CONFIG), HikariConfigMXBean.class);
    assertEquals("tenant-pool db:5432/acme", config.getPoolName());
    assertEquals(30_000, config.getConnectionTimeout());
    assertEquals(30_000, config.getValidationTimeout());
    assertEquals(300_000, config.getIdleTimeout());
    assertEquals(600_000, config.getMaxLifetime());
    assertEquals(3, config.getMaximumPoolSize());
    assertEquals(0, config.getMinimumIdle());
    assertEquals(0, config.getLeakDetectionThreshold());
    assertNull(config.getCatalog());
  }

  @Test
  void aSetterIsRefusedWithThePropertyToUse() throws JMException {
    show.live("acme");
    refused("tenantpool.acquire-timeout", () -> show.set(CONFIG, "ConnectionTimeout", 1000L));
    refused("tenantpool.acquire-timeout", () -> show.set(CONFIG, "ValidationTimeout", 1000L));
    refused("tenantpool.max-idle-time", () -> show.set(CONFIG, "IdleTimeout", 1000L));
    refused("tenantpool.max-lifetime", () -> show.set(CONFIG, "MaxLifetime", 1000L));
    refused("tenantpool.max-idle-time", () -> show.set(CONFIG, "MinimumIdle", 5));
    refused(
        "tenantpool.leak-detection-threshold",
        () -> show.set(CONFIG, "LeakDetectionThreshold", 5L));
    refused("the password", () -> show.set(CONFIG, "Password", "s3cret"));
    refused("the user", () -> show.set(CONFIG, "Username", "u"));
    refused("the catalog", () -> show.set(CONFIG, "Catalog", "c"));
  }

  @Test
  void theSizeOfThePoolIsTheCapOfTheTenantAndCanBeChanged() throws JMException {
    show.live("acme");
    show.set(CONFIG, "MaximumPoolSize", 5);
    assertEquals(List.of("limitTenant db:5432 acme 5"), show.pool.operations);
    RuntimeMBeanException thrown =
        assertThrows(RuntimeMBeanException.class, () -> show.set(CONFIG, "MaximumPoolSize", 101));
    assertInstanceOf(IllegalArgumentException.class, thrown.getCause());
    assertEquals(1, show.pool.operations.size());
  }

  private static void refused(String says, Executable setter) {
    RuntimeMBeanException thrown = assertThrows(RuntimeMBeanException.class, setter);
    UnsupportedOperationException cause =
        assertInstanceOf(UnsupportedOperationException.class, thrown.getCause());
    String message = String.valueOf(cause.getMessage());
    assertTrue(message.contains(says), message);
    assertTrue(!message.contains("s3cret"), message);
  }

  @Test
  void noPoolOfTheApplicationCanHaveTheSameName() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:none");
    config.setRegisterMbeans(true);
    config.setPoolName(Names.hikariPool(StubPool.SERVER, "acme"));
    assertThrows(IllegalArgumentException.class, config::validate);
  }

  @Test
  void twoTenantsWithNearlyTheSameNameStayApart() throws JMException {
    show.live("a:b");
    show.live("a%3Ab");
    assertEquals(4, show.names("com.zaxxer.hikari:*").size());
  }

  @Test
  void theSettingSwitchesThemOff() throws JMException {
    Show without = new Show(Show.settings(false, true, LogLevel.INFO));
    without.live("acme");
    assertEquals(Set.of(), without.names("com.zaxxer.hikari:*"));
    assertEquals(1, without.names("io.tenantpool:type=Tenant,*").size());
  }
}
