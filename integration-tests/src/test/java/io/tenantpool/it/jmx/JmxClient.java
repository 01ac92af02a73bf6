package io.tenantpool.it.jmx;

import io.tenantpool.it.support.RunningJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.Assertions;

/** A console without any class of the agent, on the way that JConsole takes. */
public final class JmxClient implements AutoCloseable {

  static final String MANAGER = "io.tenantpool:type=PoolManager";

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private JmxClient(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  /** Connects over loopback; the child's program need not have asked for it. */
  public static JmxClient connect(RunningJvm child) throws IOException {
    return new JmxClient(LocalJvm.connect(child.pid()));
  }

  public static String server(String server) {
    return "io.tenantpool:type=Server,name=" + ObjectName.quote(server);
  }

  public static String tenant(String server, String tenant) {
    return "io.tenantpool:type=Tenant,server="
        + ObjectName.quote(server)
        + ",name="
        + ObjectName.quote(tenant);
  }

  /** What the other methods ask. */
  public MBeanServerConnection beans() {
    return beans;
  }

  public Set<ObjectName> names(String pattern) throws IOException, JMException {
    return beans.queryNames(new ObjectName(pattern), null);
  }

  boolean has(String name) throws IOException, JMException {
    return beans.isRegistered(new ObjectName(name));
  }

  Object get(String mbean, String attribute) throws IOException, JMException {
    return beans.getAttribute(new ObjectName(mbean), attribute);
  }

  long number(String mbean, String attribute) throws IOException, JMException {
    return ((Number) get(mbean, attribute)).longValue();
  }

  double decimal(String mbean, String attribute) throws IOException, JMException {
    return ((Number) get(mbean, attribute)).doubleValue();
  }

  /** What an attribute that is a table says in one of its rows. */
  long row(String mbean, String attribute, String key) throws IOException, JMException {
    CompositeData row = ((TabularData) get(mbean, attribute)).get(new Object[] {key});
    return (Long) row.get("value");
  }

  public Object call(String mbean, String operation) throws IOException, JMException {
    return beans.invoke(new ObjectName(mbean), operation, new Object[0], new String[0]);
  }

  public Object call(String mbean, String operation, String argument)
      throws IOException, JMException {
    return beans.invoke(
        new ObjectName(mbean),
        operation,
        new Object[] {argument},
        new String[] {String.class.getName()});
  }

  void awaitBean(String mbean) {
    await(mbean, () -> has(mbean), Boolean::booleanValue);
  }

  void awaitNumber(long expected, String mbean, String attribute) {
    await(attribute + " " + expected, () -> number(mbean, attribute), value -> value == expected);
  }

  /** Asks until the answer is right; an MBean that is not there yet is no answer. */
  <T> T await(String what, Question<T> question, Predicate<T> right) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    Object last = "no answer";
    do {
      try {
        T answer = question.ask();
        if (right.test(answer)) {
          return answer;
        }
        last = answer;
      } catch (InstanceNotFoundException notYet) {
        last = notYet;
      } catch (IOException | JMException e) {
        throw new AssertionError("could not ask for " + what, e);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    } while (System.nanoTime() < end);
    return Assertions.fail("waited for " + what + ", the last answer was " + last);
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }

  /** Something to ask the JVM. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws IOException, JMException;
  }
}
