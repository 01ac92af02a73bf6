package io.tenantpool.it.pools;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** What the agent's MXBean of the only server says, once nothing is in use any more. */
final class AgentSays {

  private static final String TOTAL = "Total";
  private static final String[] ATTRIBUTES = {
    "Active",
    "Open",
    "PeakOpen",
    "PeakActive",
    "Waiting",
    "Borrows",
    "Opens",
    "Resets",
    "Timeouts",
    "TotalEvictions",
    "TotalPins"
  };
  private static final long PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_WAIT_NANOS = 10_000_000_000L;

  private AgentSays() {}

  /** Name and value of each figure; empty without the agent. */
  static Map<String, Long> inThisJvm() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName pattern = new ObjectName("io.tenantpool:type=Server,*");
    long end = System.nanoTime() + LONGEST_WAIT_NANOS;
    // They come some time after the first connection.
    while (beans.queryNames(pattern, null).isEmpty() && isThere() && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    Map<String, Long> figures = new TreeMap<>();
    for (ObjectName server : beans.queryNames(pattern, null)) {
      while (number(beans, server, "Active") > 0 && System.nanoTime() < end) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      for (String attribute : ATTRIBUTES) {
        figures.merge(attribute, number(beans, server, attribute), Long::sum);
      }
    }
    return figures;
  }

  private static boolean isThere() {
    return "on".equals(System.getProperty("io.tenantpool.agent"));
  }

  private static long number(MBeanServer beans, ObjectName server, String attribute)
      throws JMException {
    if (!attribute.startsWith(TOTAL)) {
      return ((Number) beans.getAttribute(server, attribute)).longValue();
    }
    long total = 0;
    Object table = beans.getAttribute(server, attribute.substring(TOTAL.length()));
    for (Object row : ((TabularData) table).values()) {
      total += (Long) ((CompositeData) row).get("value");
    }
    return total;
  }
}
