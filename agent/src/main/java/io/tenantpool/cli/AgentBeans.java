package io.tenantpool.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The MBeans of the agent in another JVM. */
final class AgentBeans implements AutoCloseable {

  private static final String MANAGER = "io.tenantpool:type=PoolManager";

  /** The agent shows itself a second after the first connection, five after the start without. */
  private static final int LOOKS = 50;

  private static final long PAUSE_NANOS = 200_000_000;

  private final long pid;
  private final JMXConnector connector;
  private final MBeanServerConnection beans;
  private final Map<String, String[]> attributes = new LinkedHashMap<>();

  private AgentBeans(long pid, JMXConnector connector) throws IOException {
    this.pid = pid;
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  /** Connects to the agent in the JVM; waits a little for one that has just started. */
  @SuppressWarnings("BanJNDI") // The address comes from the JVM that was attached to.
  static AgentBeans of(long pid) throws Refusal {
    String address;
    try (Attachment attachment = Attachment.to(pid)) {
      requireAgent(pid, AgentPresence.in(attachment.properties()));
      address = attachment.managementAddress();
    }
    try {
      AgentBeans agent =
          new AgentBeans(pid, JMXConnectorFactory.connect(new JMXServiceURL(address)));
      agent.awaitManager();
      return agent;
    } catch (IOException failure) {
      throw Attachment.lost(pid, failure);
    }
  }

  private static void requireAgent(long pid, AgentPresence agent) throws Refusal {
    if (agent == AgentPresence.NO) {
      throw new Refusal(
          ExitCode.NO_AGENT,
          "the agent is not in JVM " + pid + "; bring it there with: attach " + pid);
    }
    if (agent == AgentPresence.DISABLED) {
      throw new Refusal(
          ExitCode.NO_AGENT,
          "the agent in JVM "
              + pid
              + " does nothing: tenantpool.enabled=false, or a JVM without java.sql");
    }
  }

  private void awaitManager() throws Refusal, IOException {
    ObjectName manager = name(MANAGER);
    for (int i = 0; i < LOOKS; i++) {
      if (beans.isRegistered(manager)) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    close();
    throw new Refusal(
        ExitCode.NO_AGENT, "the agent in JVM " + pid + " shows no MBeans (yet); try again");
  }

  /** All that the agent shows, at one moment. */
  Reading read() throws Refusal {
    try {
      long uptime = (Long) beans.getAttribute(name("java.lang:type=Runtime"), "Uptime");
      return new Reading(
          pid,
          uptime,
          bean(name(MANAGER)).orElseThrow(() -> new InstanceNotFoundException(MANAGER)),
          all("io.tenantpool:type=Server,*"),
          all("io.tenantpool:type=Tenant,*"),
          all("io.tenantpool:type=WatchedTenant,*"));
    } catch (IOException failure) {
      throw Attachment.lost(pid, failure);
    } catch (JMException fault) {
      throw unexpected(fault);
    }
  }

  private List<Bean> all(String pattern) throws IOException, JMException {
    List<Bean> all = new ArrayList<>();
    for (ObjectName name : beans.queryNames(name(pattern), null)) {
      bean(name).ifPresent(all::add);
    }
    all.sort(Comparator.comparing(Bean::server).thenComparing(Bean::name));
    return all;
  }

  /** Nothing when it has gone meanwhile. */
  private Optional<Bean> bean(ObjectName name) throws IOException, JMException {
    try {
      Map<String, Object> values = new TreeMap<>();
      for (Attribute attribute : beans.getAttributes(name, attributesOf(name)).asList()) {
        Object plain = OpenValue.plain(attribute.getValue());
        if (plain != null) {
          values.put(attribute.getName(), plain);
        }
      }
      return Optional.of(Bean.of(name, values));
    } catch (InstanceNotFoundException gone) {
      return Optional.empty();
    }
  }

  /** Asked once for each type: all beans of one type have the same. */
  private String[] attributesOf(ObjectName name) throws IOException, JMException {
    String type = name.getKeyProperty("type");
    String[] known = attributes.get(type);
    if (known == null) {
      known =
          Arrays.stream(beans.getMBeanInfo(name).getAttributes())
              .map(MBeanFeatureInfo::getName)
              .toArray(String[]::new);
      attributes.put(type, known);
    }
    return known;
  }

  /** What the agent has to say, for people to read. */
  String report() throws Refusal {
    try {
      return String.valueOf(beans.invoke(name(MANAGER), "report", new Object[0], new String[0]));
    } catch (IOException failure) {
      throw Attachment.lost(pid, failure);
    } catch (JMException fault) {
      throw unexpected(fault);
    }
  }

  /** Whether the server knows the tenant, whose connections it then closes. */
  boolean closeTenant(String server, String tenant) throws Refusal {
    return (Boolean) close(server, "closeTenant", tenant);
  }

  /** Closes the connections to a database; how many were idle. */
  int closeDatabase(String server, String database) throws Refusal {
    return (Integer) close(server, "closeDatabase", database);
  }

  private Object close(String server, String operation, String what) throws Refusal {
    try {
      return beans.invoke(
          name("io.tenantpool:type=Server,name=" + ObjectName.quote(server)),
          operation,
          new Object[] {what},
          new String[] {String.class.getName()});
    } catch (IOException failure) {
      throw Attachment.lost(pid, failure);
    } catch (JMException fault) {
      throw unexpected(fault);
    }
  }

  private Refusal unexpected(JMException fault) {
    return new Refusal(
        ExitCode.FAILED, "the agent in JVM " + pid + " does not answer as expected: " + fault);
  }

  private static ObjectName name(String name) {
    try {
      return new ObjectName(name);
    } catch (JMException impossible) {
      throw new IllegalArgumentException(name, impossible);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException gone) {
      // Then there is nothing to close.
    }
  }
}
