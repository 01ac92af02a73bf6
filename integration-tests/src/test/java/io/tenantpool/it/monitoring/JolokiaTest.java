package io.tenantpool.it.monitoring;

import static io.tenantpool.it.monitoring.WatchedApplication.POSTGRES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.jmx.JmxClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The real Jolokia agent beside ours, with nothing configured. */
final class JolokiaTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void jolokiaReadsEveryAttributeOfOurMBeansAsJson() throws Exception {
    int port = MonitoringFiles.freePort();
    Path jolokia = MonitoringFiles.library("jolokia-agent-jvm");
    String agent = "-javaagent:" + jolokia + "=host=127.0.0.1,discoveryEnabled=false,port=" + port;
    try (WatchedApplication application = WatchedApplication.start("none", agent)) {
      String server = POSTGRES.host() + ":" + POSTGRES.port();
      List<String> tenants = application.tenants();
      WatchedApplication.await(
          port, "/jolokia/search/io.tenantpool:*", p -> tenants.stream().allMatch(p::contains));
      try (JmxClient client = JmxClient.connect(application.child())) {
        Set<ObjectName> names = client.names("io.tenantpool:*");
        assertEquals(4, names.size(), names::toString);
        for (ObjectName name : names) {
          assertEquals(attributes(client.beans(), name), shown(port, name), name::toString);
        }
      }
      JsonNode pool = read(port, new ObjectName(JmxClient.server(server)));
      assertEquals(10, pool.path("Borrows").asInt(), pool::toString);
      assertEquals(1, pool.path("Active").asInt(), pool::toString);
      assertEquals(0, pool.path("Evictions").path("CAPACITY").asInt(-1), pool::toString);
      assertTrue(pool.path("CapacityCurve").isArray(), pool::toString);
      assertEquals(
          5,
          read(port, new ObjectName(JmxClient.tenant(server, tenants.get(0))))
              .path("Borrows")
              .asInt());
    }
  }

  private static Set<String> attributes(MBeanServerConnection beans, ObjectName name)
      throws Exception {
    Set<String> attributes = new TreeSet<>();
    for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
      if (attribute.isReadable()) {
        attributes.add(attribute.getName());
      }
    }
    return attributes;
  }

  private static Set<String> shown(int port, ObjectName name) throws Exception {
    JsonNode values = read(port, name);
    Set<String> attributes = new TreeSet<>();
    values.propertyNames().forEach(attributes::add);
    // Jolokia says so in the place of a value that it could not read.
    assertFalse(values.toString().contains("ERROR:"), values::toString);
    return attributes;
  }

  /** All attributes of one MBean. */
  private static JsonNode read(int port, ObjectName name) throws Exception {
    String request = JSON.writeValueAsString(Map.of("type", "read", "mbean", name.toString()));
    JsonNode answer = JSON.readTree(WatchedApplication.post(port, "/jolokia/", request));
    assertEquals(200, answer.path("status").asInt(), answer::toString);
    return answer.path("value");
  }
}
