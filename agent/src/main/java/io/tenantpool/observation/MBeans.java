package io.tenantpool.observation;

import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.util.HashSet;
import java.util.Set;
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

  /** The observation thread's. */
  private final Set<ObjectName> ours = new HashSet<>();

  MBeans(Supplier<MBeanServer> server, Faults faults) {
    this.server = server;
    this.faults = faults;
  }

  MBeanServer server() {
    return server.get();
  }

  /**
   * Returns what takes the MBean away again: nothing when its name was taken. One of our own under
   * that name, left there by a failure, gives way.
   */
  Runnable register(String name, Object mbean) {
    try {
      ObjectName objectName = new ObjectName(name);
      if (ours.contains(objectName)) {
        unregister(objectName);
      }
      server.get().registerMBean(mbean, objectName);
      ours.add(objectName);
      return () -> unregister(objectName);
    } catch (InstanceAlreadyExistsException taken) {
      faults.report(
          FaultKind.OBSERVATION, "a name is taken in JMX, perhaps by another agent", name, taken);
    } catch (JMException | RuntimeException failure) {
      faults.report(FaultKind.OBSERVATION, "an MBean could not be registered", name, failure);
    }
    return () -> {};
  }

  private void unregister(ObjectName name) {
    ours.remove(name);
    try {
      server.get().unregisterMBean(name);
    } catch (JMException | RuntimeException failure) {
      faults.report(
          FaultKind.OBSERVATION, "an MBean could not be taken away", name.toString(), failure);
    }
  }
}
