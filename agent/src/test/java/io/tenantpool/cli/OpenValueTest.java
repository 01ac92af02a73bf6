package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;
import org.junit.jupiter.api.Test;

class OpenValueTest {

  /** What the agent's MBeans have among their attributes. */
  public interface SampleMXBean {
    Map<String, Long> getByCause();

    Row[] getRows();

    String[] getNames();

    int getCount();
  }

  /** A row. */
  public record Row(String site, long count) {
    public String getSite() {
      return site;
    }

    public long getCount() {
      return count;
    }
  }

  /** Answers. */
  public static final class Sample implements SampleMXBean {
    @Override
    public Map<String, Long> getByCause() {
      return Map.of("IDLE", 7L);
    }

    @Override
    public Row[] getRows() {
      return new Row[] {new Row("here", 3)};
    }

    @Override
    public String[] getNames() {
      return new String[] {"a", "b"};
    }

    @Override
    public int getCount() {
      return 5;
    }
  }

  @Test
  void openDataOfAnMBeanBecomesPlainAgain() throws Exception {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    ObjectName name = new ObjectName("test:type=Sample,name=\"a,b\"");
    server.registerMBean(new Sample(), name);
    assertEquals(Map.of("IDLE", 7L), OpenValue.plain(server.getAttribute(name, "ByCause")));
    assertEquals(
        List.of(Map.of("site", "here", "count", 3L)),
        OpenValue.plain(server.getAttribute(name, "Rows")));
    assertEquals(List.of("a", "b"), OpenValue.plain(server.getAttribute(name, "Names")));
    assertEquals(5, OpenValue.plain(server.getAttribute(name, "Count")));
    assertEquals("a,b", Bean.of(name, Map.of()).name());
  }

  @Test
  void aTableThatIsNoMapBecomesAListOfRows() throws Exception {
    String[] items = {"id", "count"};
    CompositeType row =
        new CompositeType(
            "row", "row", items, items, new OpenType<?>[] {SimpleType.STRING, SimpleType.LONG});
    TabularDataSupport table =
        new TabularDataSupport(new TabularType("table", "table", row, new String[] {"id"}));
    table.put(new CompositeDataSupport(row, items, new Object[] {"x", 2L}));
    assertEquals(List.of(Map.of("id", "x", "count", 2L)), OpenValue.plain(table));
  }
}
