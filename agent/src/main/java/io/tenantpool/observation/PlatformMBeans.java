package io.tenantpool.observation;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;

/** The JVM's own MBean server, which this agent may be the first to ask for. */
final class PlatformMBeans {

  private PlatformMBeans() {}

  /**
   * The server, made as the application itself would make it: the class that {@code
   * javax.management.builder.initial} names, as Open Liberty does, is looked for by the context
   * loader, and the agent's own does not see it.
   */
  static MBeanServer server() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return ManagementFactory.getPlatformMBeanServer();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
