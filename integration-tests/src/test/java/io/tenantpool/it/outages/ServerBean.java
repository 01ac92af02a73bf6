package io.tenantpool.it.outages;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the agent says of one server, in this JVM; nothing but zeros where there is no agent. */
final class ServerBean {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final long PAUSE_NANOS = 10_000_000;

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name;
  private final long lastNanos = System.nanoTime() + PATIENCE_NANOS;
  private boolean isThere;

  ServerBean(int port) throws JMException {
    name = new ObjectName("io.tenantpool:type=Server,name=\"127.0.0.1:" + port + "\"");
    boolean hasAgent = "on".equals(System.getProperty("io.tenantpool.agent"));
    isThere = beans.isRegistered(name);
    // It comes some time after the first connection.
    while (hasAgent && !isThere && System.nanoTime() - lastNanos < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
      isThere = beans.isRegistered(name);
    }
  }

  long number(String attribute) throws JMException {
    return isThere ? ((Number) beans.getAttribute(name, attribute)).longValue() : 0;
  }

  /** The number, once it is 0, or what it is after some seconds. */
  long untilNone(String attribute) throws JMException {
    long number = number(attribute);
    while (number != 0 && System.nanoTime() - lastNanos < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
      number = number(attribute);
    }
    return number;
  }
}
