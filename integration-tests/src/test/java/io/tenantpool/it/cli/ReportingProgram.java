package io.tenantpool.it.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** A JVM that looks from outside like one with an agent of another version. */
final class ReportingProgram {

  private ReportingProgram() {}

  /** What the tool asks of the agent as a whole. */
  public interface ManagerMXBean {
    String getVersion();

    String report();
  }

  private static final class Manager implements ManagerMXBean {
    @Override
    public String getVersion() {
      return "9.9";
    }

    @Override
    public String report() {
      return "pooling would save 40 connections\nof 50 \u001b[2J\n";
    }
  }

  public static void main(String[] arguments) throws JMException, IOException {
    ManagementFactory.getPlatformMBeanServer()
        .registerMBean(new Manager(), new ObjectName("io.tenantpool:type=PoolManager"));
    System.setProperty("io.tenantpool.agent", "on");
    System.out.println("ready");
    System.in.read();
  }
}
