package io.tenantpool.observation;

import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Registers MBeans and takes them away again; a failure is told once per kind and harms nobody. The
 * platform's MBean server is not made before the first registration.
 */
final class MBeans {

  private final Supplier<MBeanServer> server;
  private final Faults faults;

  MBeans(Supplier<MBeanServer> server, Faults faults) {
    this.server = server;
    this.faults = faults;
  }

  MBeanServer server() {
    return server.get();
  }

  /** Returns what takes the MBean away again: nothing when its name was taken. */
  Runnable register(String name, Object mbean) {
    try {
      ObjectName objectName = new ObjectName(name);
      server.get().registerMBean(mbean, objectName);
      return () -> unregister(objectName);
    } catch (InstanceAlreadyExistsException taken) {
      faults.report("name taken in JMX, perhaps by another agent", taken);
    } catch (JMException | RuntimeException failure) {
      faults.report("register in JMX", failure);
    }
    return () -> {};
  }

  private void unregister(ObjectName name) {
    try {
      server.get().unregisterMBean(name);
    } catch (JMException | RuntimeException failure) {
      faults.report("unregister in JMX", failure);
    }
  }
}
