package io.tenantpool.it.jmx;

import static io.tenantpool.it.jmx.HikariNames.configBean;
import static io.tenantpool.it.jmx.HikariNames.pool;
import static io.tenantpool.it.jmx.HikariNames.poolBean;
import static io.tenantpool.it.jmx.ObservedApplication.tenant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.util.Arrays;
import java.util.List;
import javax.management.Attribute;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Each live tenant speaks HikariCP in JMX, beside the application's own HikariCP pools. */
final class HikariMBeansTest {

  @Test
  void anApplicationWithHikariPoolsOfTheSameTenantsKeepsItsOwnMBeans() throws Exception {
    TestPostgres postgres = ObservedApplication.POSTGRES;
    String user = postgres.createUser("hikari", "secret");
    List<String> databases = ObservedApplication.tenants(2);
    ChildJvm jvm =
        ChildJvm.of(
                HikariProgram.class,
                user,
                "secret",
                databases.get(0),
                postgres.url(databases.get(0)),
                databases.get(1),
                postgres.url(databases.get(1)))
            .agent(true)
            .classPath(
                ChildJvm.pathOf(HikariDataSource.class), ChildJvm.pathOf(LoggerFactory.class));
    try (RunningJvm child = jvm.start()) {
      child.awaitLine("ready");
      try (JmxClient console = JmxClient.connect(child)) {
        for (String database : databases) {
          for (String bean : List.of(poolBean(database), poolBean(pool(database)))) {
            console.awaitNumber(1, bean, "TotalConnections");
            assertEquals(0, console.number(bean, "ThreadsAwaitingConnection"));
          }
          String own = configBean(database);
          String ours = configBean(pool(database));
          console.awaitBean(ours);
          assertEquals(database, console.get(own, "PoolName"));
          assertEquals(pool(database), console.get(ours, "PoolName"));
          assertEquals(1, console.number(own, "MaximumPoolSize"));
          // A tenant may have all while nobody else wants any.
          assertEquals(100, console.number(ours, "MaximumPoolSize"));
          assertEquals(30_000, console.number(ours, "ConnectionTimeout"));
          assertEquals(300_000, console.number(ours, "IdleTimeout"));
          assertEquals(600_000, console.number(ours, "MaxLifetime"));
        }
        assertEquals(8, console.names("com.zaxxer.hikari:*").size());
        assertEquals(4, console.names("com.zaxxer.hikari:type=Pool (*)").size());
        String first = configBean(pool(databases.get(0)));
        console.beans().setAttribute(new ObjectName(first), new Attribute("MaximumPoolSize", 9));
        assertEquals(9, console.number(first, "MaximumPoolSize"));
        assertEquals(100, console.number(configBean(pool(databases.get(1))), "MaximumPoolSize"));
        RuntimeMBeanException refused =
            assertThrows(
                RuntimeMBeanException.class,
                () ->
                    console
                        .beans()
                        .setAttribute(
                            new ObjectName(first), new Attribute("ConnectionTimeout", 9000L)));
        String message = String.valueOf(refused.getCause());
        assertTrue(message.contains("tenantpool.acquire-timeout"), message);
        assertEquals(0, console.number(JmxClient.MANAGER, "ObservationFaults"));
      }
    }
  }

  @Test
  void hikariMBeansAndMetersCanBeSwitchedOff() throws Exception {
    ChildJvm jvm =
        ObservedApplication.withAgent()
            .setting("hikari-mbeans", false)
            .setting("meters", false)
            .setting("log-level", "warn");
    try (ObservedApplication application = ObservedApplication.start(jvm)) {
      JmxClient console = application.console();
      // When the second is there, all that belongs to the first is there as well.
      for (String database : ObservedApplication.tenants(2)) {
        application.work(1, database);
        console.awaitBean(tenant(database));
      }
      assertEquals(0, console.names("com.zaxxer.hikari:*").size());
      assertFalse(Arrays.asList(console.beans().getDomains()).contains("tenantpool.metrics"));
      // "started" and "server-added" are below the level.
      assertEquals(List.of(), application.child().err());
    }
  }
}
