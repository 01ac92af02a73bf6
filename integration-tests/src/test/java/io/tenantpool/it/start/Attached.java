package io.tenantpool.it.start;

import com.sun.tools.attach.VirtualMachine;

/** An application that asks for a connection before and after the agent is attached to it. */
public final class Attached {

  private Attached() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(Probe.look());
    String id = Long.toString(ProcessHandle.current().pid());
    for (int i = 1; i < arguments.length; i++) {
      VirtualMachine machine = VirtualMachine.attach(id);
      try {
        machine.loadAgent(arguments[0], arguments[i]);
      } finally {
        machine.detach();
      }
      System.out.println(Probe.look());
    }
  }
}
