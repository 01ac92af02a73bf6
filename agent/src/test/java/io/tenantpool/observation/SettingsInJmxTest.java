package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.SettingKey;
import io.tenantpool.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXPrincipal;
import javax.management.remote.JMXServiceURL;
import javax.security.auth.Subject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading and changing settings from a console. */
class SettingsInJmxTest {

  private final MBeanServer mbeans = MBeanServerFactory.newMBeanServer();
  private final Show show =
      new Show(
          Settings.of("max-connections=20,http-port=0,http-token=abcdefghijklmnop,meters=false"),
          mbeans);

  @BeforeEach
  void begin() {
    show.step();
    show.log.clear();
  }

  private Object change(String key, String value) throws Exception {
    return show.invoke(Names.POOL_MANAGER, "changeSetting", key, value);
  }

  private List<String> log(String event) {
    show.step();
    List<String> lines = new ArrayList<>();
    show.log.stream()
        .filter(line -> line.contains(" " + event + " "))
        .forEach(line -> lines.add(line.substring(line.indexOf(event))));
    return lines;
  }

  @Test
  void everySettingIsThereWithItsSourceAndWithoutSecrets() throws Exception {
    CompositeData[] rows = (CompositeData[]) show.attribute(Names.POOL_MANAGER, "Settings");
    assertEquals(SettingKey.values().length, rows.length);
    CompositeData cap = row(rows, "tenantpool.max-connections");
    assertEquals("20", cap.get("value"));
    assertEquals("agent argument", cap.get("source"));
    assertEquals("100", cap.get("defaultValue"));
    assertEquals(true, cap.get("changeable"));
    assertEquals("***", row(rows, "tenantpool.http-token").get("value"));
    assertEquals(false, row(rows, "tenantpool.http-token").get("changeable"));
    String[] lines = (String[]) show.attribute(Names.POOL_MANAGER, "SettingsInForce");
    assertTrue(
        List.of(lines).contains("tenantpool.max-connections = 20 (agent argument)"),
        () -> String.join("\n", lines));
  }

  private static CompositeData row(CompositeData[] rows, String name) {
    for (CompositeData row : rows) {
      if (name.equals(row.get("name"))) {
        return row;
      }
    }
    throw new AssertionError(name);
  }

  @Test
  void aChangeIsMadeSaidAndAudited() throws Exception {
    assertEquals(
        "tenantpool.max-connections = 50, was 20 (agent argument)",
        change("max-connections", "50"));
    assertEquals(50, show.attribute(Names.POOL_MANAGER, "MaxConnections"));
    assertEquals(50, show.runtime.get().maxConnections());
    assertEquals(
        List.of("setting-changed who=local what=tenantpool.max-connections old=20 new=50"),
        log("setting-changed"));
  }

  @Test
  void everyWritableAttributeChangesItsSetting() throws Exception {
    Map<String, Object> values =
        Map.of(
            "MaxConnections",
            60,
            "ReservedConnections",
            6,
            "MaxConnectionsPerTenant",
            5,
            "AcquireTimeoutMillis",
            4_000L,
            "MaxIdleTimeMillis",
            61_000L,
            "MaxLifetimeMillis",
            62_000L,
            "LeakDetectionThresholdMillis",
            2_500L,
            "LogLevel",
            "WARN");
    for (Map.Entry<String, Object> value : values.entrySet()) {
      show.set(Names.POOL_MANAGER, value.getKey(), value.getValue());
      assertEquals(value.getValue(), show.attribute(Names.POOL_MANAGER, value.getKey()));
    }
    show.set(Names.POOL_MANAGER, "LeakDetectionThresholdMillis", 0L);
    assertEquals(0L, show.attribute(Names.POOL_MANAGER, "LeakDetectionThresholdMillis"));
    show.live("acme");
    show.set(Names.server(StubPool.SERVER), "ConfiguredBudget", 70);
    assertEquals(70, show.runtime.of(StubPool.SERVER).maxConnections());
    assertEquals(60, show.runtime.get().maxConnections());
  }

  @Test
  void aWrongValueChangesNothingAndSaysWhyToAConsoleWithoutOurClasses() throws Exception {
    RuntimeMBeanException thrown =
        assertThrows(RuntimeMBeanException.class, () -> change("max-connections", "1"));
    Throwable cause = Objects.requireNonNull(thrown.getCause());
    assertEquals(IllegalArgumentException.class, cause.getClass());
    assertEquals(null, cause.getCause());
    assertTrue(String.valueOf(cause.getMessage()).contains("must be a whole number from 2"));
    assertEquals(20, show.runtime.get().maxConnections());
    assertEquals(List.of(), log("setting-changed"));
    assertEquals(1, log("setting-refused").size());
  }

  @Test
  void aRefusedSecretIsNotInTheLogAndTheReasonIs() {
    String secret = "geheimgeheimgeheim";
    assertThrows(RuntimeMBeanException.class, () -> change("http-token", secret));
    String line = log("setting-refused").get(0);
    assertTrue(line.contains("tenantpool.http-token cannot be changed at run time"), line);
    assertTrue(!line.contains(secret), line);
  }

  @Test
  void theLogObeysItsLevelAtOnceAndTheAuditLineIsWrittenAllTheSame() throws Exception {
    change("log-level", "off");
    assertEquals(
        List.of("setting-changed who=local what=tenantpool.log-level old=info new=off"),
        log("setting-changed"));
    show.listener.serverAdded("other:5432");
    change("max-idle-time", "9s");
    assertEquals(List.of(), log("server-added"));
    assertEquals(1, log("setting-changed").size());
    change("log-level", "debug");
    show.listener.tenantLive(StubPool.SERVER, "acme");
    assertEquals(1, log("tenant-live").size());
  }

  @Test
  @SuppressWarnings("BanJNDI") // The address is that of the server that this test has started.
  void theAuditLineNamesWhoLoggedIn() throws Exception {
    JMXAuthenticator anybody =
        credentials ->
            new Subject(
                true, Set.of(new JMXPrincipal(((String[]) credentials)[0])), Set.of(), Set.of());
    JMXConnectorServer server =
        JMXConnectorServerFactory.newJMXConnectorServer(
            new JMXServiceURL("service:jmx:rmi://"),
            Map.of(JMXConnectorServer.AUTHENTICATOR, anybody),
            mbeans);
    server.start();
    try (JMXConnector console =
        JMXConnectorFactory.connect(
            server.getAddress(),
            Map.of(JMXConnector.CREDENTIALS, new String[] {"alice", "geheim"}))) {
      console
          .getMBeanServerConnection()
          .invoke(
              new ObjectName(Names.POOL_MANAGER),
              "changeSetting",
              new Object[] {"acquire-timeout", "5s"},
              new String[] {String.class.getName(), String.class.getName()});
      List<String> audit = log("setting-changed");
      assertEquals(
          List.of("setting-changed who=alice what=tenantpool.acquire-timeout old=30s new=5s"),
          audit);
      assertInstanceOf(String.class, console.getConnectionId());
    } finally {
      server.stop();
    }
  }
}
