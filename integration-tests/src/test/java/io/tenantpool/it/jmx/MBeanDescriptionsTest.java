package io.tenantpool.it.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A console that never heard of the agent can read and explain all that the agent shows. */
final class MBeanDescriptionsTest {

  private static final Set<String> WORDS =
      Set.of(
          "Circuit",
          "Version",
          "Mode",
          "Servers",
          "Reset",
          "LogLevel",
          "Url",
          "Live",
          "LastUsed",
          "TenantCap",
          "EvictionOrder",
          "EvictionOrderNow",
          "LendingOrder",
          "TenantLimits");

  @Test
  @Tag("smoke")
  void everythingIsDescribedAndReadableWithoutAClassOfTheAgent() throws Exception {
    assertThrows(
        ClassNotFoundException.class,
        () -> Class.forName("io.tenantpool.observation.TenantMXBean"));
    try (ObservedApplication application =
        ObservedApplication.start(ObservedApplication.withAgent())) {
      JmxClient console = application.console();
      String database = ObservedApplication.tenants(1).get(0);
      application.work(1, database);
      console.awaitBean(ObservedApplication.tenant(database));
      assertEquals(3, explained(console));
    }
  }

  @Test
  void soIsWhatIsShownWhileNothingIsPooled() throws Exception {
    try (ObservedApplication application =
        ObservedApplication.start(ObservedApplication.withAgent().setting("mode", "observe"))) {
      JmxClient console = application.console();
      String database = ObservedApplication.tenants(1).get(0);
      application.open("holder", database);
      console.awaitBean(
          ObservedApplication.tenant(database).replace("type=Tenant", "type=WatchedTenant"));
      assertEquals(3, explained(console));
    }
  }

  /** How many MBeans of the agent there are, all of them explained. */
  private static int explained(JmxClient console) throws Exception {
    List<String> complaints = new ArrayList<>();
    Set<ObjectName> names = console.names("io.tenantpool:*");
    for (ObjectName name : names) {
      MBeanInfo info = console.beans().getMBeanInfo(name);
      assertFalse(info.getDescription().isBlank(), name + " has no description");
      assertFalse(info.getDescription().startsWith("Information on"), info.getDescription());
      for (MBeanAttributeInfo attribute : info.getAttributes()) {
        explained(attribute, complaints);
        OpenType<?> type = (OpenType<?>) attribute.getDescriptor().getFieldValue("openType");
        Object value = console.beans().getAttribute(name, attribute.getName());
        assertTrue(type.isValue(value), attribute.getName() + " " + type + " " + value);
        boolean hasUnit = attribute.getDescriptor().getFieldValue("units") != null;
        assertEquals(!WORDS.contains(attribute.getName()), hasUnit, attribute.getName());
      }
      for (MBeanOperationInfo operation : info.getOperations()) {
        explained(operation, complaints);
        OpenType<?> result = (OpenType<?>) operation.getDescriptor().getFieldValue("openType");
        assertTrue(result instanceof SimpleType, operation.getName());
        for (MBeanParameterInfo parameter : operation.getSignature()) {
          explained(parameter, complaints);
        }
      }
    }
    assertEquals(List.of(), complaints);
    return names.size();
  }

  private static void explained(MBeanFeatureInfo feature, List<String> complaints) {
    String text = feature.getDescription();
    if (text == null || text.isBlank() || text.equals(feature.getName())) {
      complaints.add(feature.getName());
    }
    if (feature.getName().matches("p\\d|arg\\d")) {
      complaints.add("a parameter without a name: " + feature);
    }
  }
}
