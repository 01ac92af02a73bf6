package io.tenantpool.soak;

import io.tenantpool.it.jmx.JmxClient;
import io.tenantpool.it.support.RunningJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** The application's JVM and the agent in it, as they look from outside. */
final class AgentView implements AutoCloseable {

  private static final String MANAGER = "io.tenantpool:type=PoolManager";
  private static final String MEMORY = "java.lang:type=Memory";
  private static final String THREADING = "java.lang:type=Threading";
  private static final String OURS = "tenant-pool";
  private static final double BYTES_OF_A_MEGABYTE = 1024 * 1024;

  private final JmxClient client;
  private final MBeanServerConnection beans;

  AgentView(RunningJvm child) throws IOException {
    client = JmxClient.connect(child);
    beans = client.beans();
  }

  int number(String attribute) throws IOException, JMException {
    return ((Number) beans.getAttribute(new ObjectName(MANAGER), attribute)).intValue();
  }

  void set(String attribute, Object value) throws IOException, JMException {
    beans.setAttribute(new ObjectName(MANAGER), new Attribute(attribute, value));
  }

  /** Closes what a tenant has idle, or all that it has. */
  void callTenant(int which, String operation) throws IOException, JMException {
    List<ObjectName> tenants = new ArrayList<>(client.names("io.tenantpool:type=Tenant,*"));
    if (!tenants.isEmpty()) {
      client.call(tenants.get(which % tenants.size()).getCanonicalName(), operation);
    }
  }

  /** What is left on the heap after a collection. */
  double heapMegabytes() throws IOException, JMException {
    client.call(MEMORY, "gc");
    CompositeData usage =
        (CompositeData) beans.getAttribute(new ObjectName(MEMORY), "HeapMemoryUsage");
    return (Long) usage.get("used") / BYTES_OF_A_MEGABYTE;
  }

  int threads() throws IOException, JMException {
    return ((Number) beans.getAttribute(new ObjectName(THREADING), "ThreadCount")).intValue();
  }

  /** The names of the agent's threads. */
  Set<String> ownThreads() throws IOException, JMException {
    ObjectName threading = new ObjectName(THREADING);
    Object ids = beans.getAttribute(threading, "AllThreadIds");
    CompositeData[] threads =
        (CompositeData[])
            beans.invoke(threading, "getThreadInfo", new Object[] {ids}, new String[] {"[J"});
    Set<String> names = new TreeSet<>();
    for (CompositeData thread : threads) {
      if (thread != null && String.valueOf(thread.get("threadName")).startsWith(OURS)) {
        names.add(String.valueOf(thread.get("threadName")));
      }
    }
    return names;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
