package io.tenantpool.demo;

import io.tenantpool.it.jmx.LocalJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;

/** Reads the agent's MXBeans in a running JVM, on the way that JConsole takes. */
final class AgentMonitor implements AutoCloseable {

  private static final String SERVER = "io.tenantpool:type=Server,*";
  private static final String BUSIEST_TENANT = "io.tenantpool:type=Tenant,name=\"tenant_01\",*";
  private static final List<String> SERVER_EXCERPT =
      List.of(
          "Budget",
          "Open",
          "PeakOpen",
          "Active",
          "Idle",
          "Waiting",
          "LiveTenants",
          "Borrows",
          "BorrowMicrosP50",
          "BorrowMicrosP99",
          "HitRate",
          "Opens",
          "Resets",
          "Evictions");
  private static final List<String> TENANT_EXCERPT =
      List.of("Url", "Limit", "Open", "Active", "Borrows", "HitRate", "Opens", "Evictions");

  private final JMXConnector connector;

  private AgentMonitor(JMXConnector connector) {
    this.connector = connector;
  }

  /**
   * Connects to the JVM with this process id, which takes a while in a JVM that is busy.
   *
   * @throws IOException when the JVM cannot be asked
   */
  static AgentMonitor connect(long pid) throws IOException {
    return new AgentMonitor(LocalJvm.connect(pid));
  }

  /**
   * Reads the MXBeans.
   *
   * @throws IOException when they cannot be read, or are not there
   */
  AgentFigures read() throws IOException {
    MBeanServerConnection beans = connector.getMBeanServerConnection();
    try {
      ObjectName server = only(beans, SERVER);
      List<String> excerpt = new ArrayList<>();
      describe(beans, server, SERVER_EXCERPT, excerpt);
      describe(beans, only(beans, BUSIEST_TENANT), TENANT_EXCERPT, excerpt);
      return new AgentFigures(
          total((TabularData) beans.getAttribute(server, "Evictions")),
          (Double) beans.getAttribute(server, "HitRate"),
          (Integer) beans.getAttribute(server, "PeakOpen"),
          excerpt);
    } catch (JMException e) {
      throw new IOException("The agent's MXBeans cannot be read", e);
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }

  private static ObjectName only(MBeanServerConnection beans, String pattern)
      throws IOException, JMException {
    Set<ObjectName> names = beans.queryNames(new ObjectName(pattern), null);
    if (names.size() != 1) {
      throw new IOException("Expected one MXBean " + pattern + ", found " + names);
    }
    return names.iterator().next();
  }

  private static void describe(
      MBeanServerConnection beans, ObjectName name, List<String> attributes, List<String> excerpt)
      throws IOException, JMException {
    excerpt.add(name.toString());
    for (String attribute : attributes) {
      String value = text(beans.getAttribute(name, attribute));
      excerpt.add("  %-16s %s".formatted(attribute, value.isEmpty() ? "none" : value));
    }
  }

  private static String text(Object value) {
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.3f", number);
    }
    if (!(value instanceof TabularData table)) {
      return String.valueOf(value);
    }
    return rows(table).stream()
        .filter(row -> (Long) row.get("value") != 0)
        .map(row -> row.get("key") + " " + row.get("value"))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static long total(TabularData table) {
    return rows(table).stream().mapToLong(row -> (Long) row.get("value")).sum();
  }

  private static List<CompositeData> rows(TabularData table) {
    return table.values().stream().map(CompositeData.class::cast).toList();
  }
}
