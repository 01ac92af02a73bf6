package io.tenantpool.it.mode;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** The agent's MBeans in this JVM, of its only server. */
final class AgentBeans {

  private static final long PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_WAIT_NANOS = 20_000_000_000L;

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  /** Waits until the agent shows its server. */
  void awaitServer() throws JMException {
    ObjectName pattern = new ObjectName("io.tenantpool:type=Server,*");
    await("a server", () -> beans.queryNames(pattern, null).size(), number -> number == 1);
  }

  private ObjectName server() throws JMException {
    Set<ObjectName> servers = beans.queryNames(new ObjectName("io.tenantpool:type=Server,*"), null);
    return servers.iterator().next();
  }

  long number(String attribute) {
    try {
      return ((Number) beans.getAttribute(server(), attribute)).longValue();
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is watched, by tenant; an empty name for all. */
  Map<String, CompositeData> watched() {
    try {
      Map<String, CompositeData> rows = new TreeMap<>();
      for (CompositeData row : (CompositeData[]) beans.getAttribute(server(), "Watched")) {
        rows.put((String) row.get("tenant"), row);
      }
      return rows;
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Open and watched. */
  long held() {
    CompositeData all = watched().get("");
    return all == null ? 0 : (Integer) all.get("held");
  }

  void switchMode(String mode) throws JMException {
    beans.setAttribute(
        new ObjectName("io.tenantpool:type=PoolManager"), new Attribute("Mode", mode));
  }

  /** The server's figures are read anew ten times a second. */
  static long await(String what, LongSupplier question, Predicate<Long> right) {
    long end = System.nanoTime() + LONGEST_WAIT_NANOS;
    long answer = question.getAsLong();
    while (!right.test(answer)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(what + " is " + answer);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      answer = question.getAsLong();
    }
    return answer;
  }
}
