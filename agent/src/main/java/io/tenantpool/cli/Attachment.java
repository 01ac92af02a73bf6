package io.tenantpool.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.AttachOperationFailedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A hold on another JVM of this machine; the only place that mentions the attach API. Whatever
 * stands in the way becomes a {@link Refusal}.
 */
final class Attachment implements AutoCloseable {

  private final long pid;
  private final VirtualMachine machine;

  private Attachment(long pid, VirtualMachine machine) {
    this.pid = pid;
    this.machine = machine;
  }

  /** The JVMs that this user may look at: process id, and main class or jar with its arguments. */
  static Map<Long, String> list() {
    Map<Long, String> jvms = new TreeMap<>();
    for (VirtualMachineDescriptor jvm : VirtualMachine.list()) {
      jvms.put(Long.valueOf(jvm.id()), jvm.displayName());
    }
    return jvms;
  }

  static Attachment to(long pid) throws Refusal {
    new JvmProcess(pid).check(list().containsKey(pid));
    try {
      return new Attachment(pid, VirtualMachine.attach(Long.toString(pid)));
    } catch (AttachNotSupportedException no) {
      throw notAttachable(pid, String.valueOf(no.getMessage()));
    } catch (IOException failure) {
      throw notAllowed(pid, failure);
    }
  }

  /** {@code words} are the JDK's, which has no exception for either case. */
  static Refusal notAttachable(long pid, String words) {
    return new Refusal(
        ExitCode.NOT_ATTACHABLE,
        words.contains("does not support the attach mechanism")
            ? "JVM "
                + pid
                + " was started with -XX:+DisableAttachMechanism: nothing can be attached"
            : "JVM "
                + pid
                + " does not answer: it hangs, is stopped, runs in a container, or was started with"
                + " -XX:+DisableAttachMechanism");
  }

  private static Refusal notAllowed(long pid, IOException failure) {
    return new Refusal(
        ProcessHandle.of(pid).isPresent() ? ExitCode.NOT_ALLOWED : ExitCode.NO_JVM,
        "cannot attach to JVM " + pid + ": " + failure.getMessage());
  }

  /** The system properties of the JVM. */
  Properties properties() throws Refusal {
    try {
      return machine.getSystemProperties();
    } catch (IOException failure) {
      throw lost(pid, failure);
    }
  }

  /** Starts the JVM's own management agent, on a local address, if it is not there; where it is. */
  String managementAddress() throws Refusal {
    try {
      return machine.startLocalManagementAgent();
    } catch (AttachOperationFailedException refused) {
      throw new Refusal(
          ExitCode.NOT_ATTACHABLE,
          "JVM " + pid + " cannot start its management agent: " + refused.getMessage());
    } catch (IOException failure) {
      throw lost(pid, failure);
    }
  }

  /** Brings the agent into the JVM; that it started is another question. */
  void load(File agentJar, String options) throws Refusal {
    try {
      machine.loadAgent(agentJar.getPath(), options);
    } catch (AgentLoadException refused) {
      // "0" is how older JDKs read the success of newer ones.
      if (!"0".equals(refused.getMessage())) {
        throw new Refusal(
            ExitCode.NOT_ATTACHABLE,
            "JVM "
                + pid
                + " does not take an agent while it runs (-XX:-EnableDynamicAgentLoading, or it"
                + " cannot read "
                + agentJar
                + "): "
                + refused.getMessage());
      }
    } catch (AgentInitializationException failed) {
      throw new Refusal(
          ExitCode.AGENT_NOT_STARTED,
          "the agent did not start in JVM " + pid + "; its standard error says why");
    } catch (IOException failure) {
      throw lost(pid, failure);
    }
  }

  static Refusal lost(long pid, IOException failure) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)
        ? new Refusal(
            ExitCode.NOT_ATTACHABLE,
            "JVM " + pid + " does not answer any more: " + failure.getMessage())
        : new Refusal(ExitCode.NO_JVM, "JVM " + pid + " has ended");
  }

  @Override
  public void close() {
    try {
      machine.detach();
    } catch (IOException gone) {
      // Then there is nothing to let go of.
    }
  }
}
