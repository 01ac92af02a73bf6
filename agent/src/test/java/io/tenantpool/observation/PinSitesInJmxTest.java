package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Pin;
import io.tenantpool.pool.PinSite;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Call sites of pins as a console sees them, on the way that JConsole takes. */
final class PinSitesInJmxTest {

  private final Show show = new Show();
  private JMXConnectorServer connectors;
  private JMXConnector console;

  @BeforeEach
  @SuppressWarnings("BanJNDI") // The address is the one that this test has just made.
  void connect() throws Exception {
    connectors =
        JMXConnectorServerFactory.newJMXConnectorServer(
            new JMXServiceURL("rmi", "localhost", 0), null, show.mbeans);
    connectors.start();
    console = JMXConnectorFactory.connect(connectors.getAddress());
    show.pool.pinSites.add(
        new PinSite(
            Pin.UNWRAPPED,
            "com.acme.Dao.load(Dao.java:42)",
            "acme",
            7,
            1_700_000_000_000L,
            1_700_000_060_000L));
    show.pool.pinSites.add(new PinSite(Pin.TRANSACTION, PinSite.OTHER, "acme", 2, 0, 1));
    show.live("acme");
  }

  @AfterEach
  void disconnect() throws Exception {
    console.close();
    connectors.stop();
  }

  private MBeanServerConnection mbeans() throws Exception {
    return console.getMBeanServerConnection();
  }

  private static ObjectName server() throws Exception {
    return new ObjectName(Names.server(StubPool.SERVER));
  }

  private CompositeData[] rows() throws Exception {
    return (CompositeData[]) mbeans().getAttribute(server(), "PinSites");
  }

  @Test
  void eachRowSaysWhyWhereWhoHowOftenWhenAndWhatItMeans() throws Exception {
    assertEquals(2, rows().length);
    CompositeData row = rows()[0];
    assertEquals("UNWRAPPED", row.get("cause"));
    assertEquals("com.acme.Dao.load(Dao.java:42)", row.get("site"));
    assertEquals("acme", row.get("tenant"));
    assertEquals(7L, row.get("count"));
    assertEquals("2023-11-14T22:13:20Z", row.get("first"));
    assertEquals("2023-11-14T22:14:20Z", row.get("last"));
    assertEquals(Pin.UNWRAPPED.consequence(), row.get("meaning"));
    assertEquals("other", rows()[1].get("site"));
  }

  @Test
  void everyItemIsASimpleTypeWithADescriptionInTheValueAndInTheInfo() throws Exception {
    MBeanAttributeInfo attribute =
        Arrays.stream(mbeans().getMBeanInfo(server()).getAttributes())
            .filter(a -> a.getName().equals("PinSites"))
            .findFirst()
            .orElseThrow();
    ArrayType<?> declared = (ArrayType<?>) attribute.getDescriptor().getFieldValue("openType");
    assertEquals("call sites", attribute.getDescriptor().getFieldValue("units"));
    assertTrue(declared.isValue(rows()));
    for (CompositeType type :
        List.of((CompositeType) declared.getElementOpenType(), rows()[0].getCompositeType())) {
      assertEquals(
          Set.of("cause", "site", "tenant", "count", "first", "last", "meaning"), type.keySet());
      for (String item : type.keySet()) {
        OpenType<?> itemType = type.getType(item);
        assertTrue(itemType instanceof SimpleType, item + " " + itemType);
        assertFalse(type.getDescription(item).isBlank(), item);
        assertTrue(type.getDescription(item).contains(" "), item);
      }
    }
  }
}
