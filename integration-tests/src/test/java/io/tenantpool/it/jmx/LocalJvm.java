package io.tenantpool.it.jmx;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The MBeans of another JVM of this machine, over loopback, whether or not it has asked for it. */
public final class LocalJvm {

  private LocalJvm() {}

  /**
   * Connects to the JVM with this process id, which takes a while in a JVM that is busy.
   *
   * @throws IOException when the JVM cannot be asked
   */
  @SuppressWarnings("BanJNDI") // The address comes from a JVM that we have started ourselves.
  public static JMXConnector connect(long pid) throws IOException {
    return JMXConnectorFactory.connect(address(pid));
  }

  private static JMXServiceURL address(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return new JMXServiceURL(machine.startLocalManagementAgent());
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException(e);
    }
  }
}
