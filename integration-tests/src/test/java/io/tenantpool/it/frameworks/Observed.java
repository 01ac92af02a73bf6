package io.tenantpool.it.frameworks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Runs another program, which knows nothing of this. When its main method is over, prints the
 * agent's figures, if there is an agent, as lines of a word and a number; then waits for a line on
 * the input. Arguments: the program's class, its arguments.
 */
public final class Observed {

  /** What the lines begin with. */
  static final String PREFIX = "agent: ";

  /** The line before the wait. */
  static final String END = "observed to the end";

  private static final String[] OF_SERVER = {
    "Open", "Borrows", "Opens", "PeakOpen", "Active", "Waiting", "Timeouts", "Bypassed", "Tenants"
  };
  private static final String[] OF_ALL = {"AgentFaults", "ObservationFaults", "LostEvents"};

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private Observed() {}

  public static void main(String[] arguments) throws Exception {
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    if (Boolean.getBoolean("observed")) {
      print();
    }
    System.out.println(END);
    int heard = System.in.read();
    if (heard < 0) {
      throw new IllegalStateException("nobody listens");
    }
  }

  /** Figures are a moment old: waits until nothing is in use, in vain when there is a leak. */
  private static void print() throws JMException, InterruptedException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName pattern = new ObjectName("io.tenantpool:type=Server,*");
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (System.nanoTime() < end) {
      Set<ObjectName> servers = beans.queryNames(pattern, null);
      if (!servers.isEmpty() && active(beans, servers.iterator().next()) == 0) {
        break;
      }
      Thread.sleep(50);
    }
    for (ObjectName server : beans.queryNames(pattern, null)) {
      for (String figure : OF_SERVER) {
        System.out.println(PREFIX + figure + " " + beans.getAttribute(server, figure));
      }
    }
    ObjectName manager = new ObjectName("io.tenantpool:type=PoolManager");
    for (String figure : OF_ALL) {
      System.out.println(PREFIX + figure + " " + beans.getAttribute(manager, figure));
    }
  }

  private static int active(MBeanServer beans, ObjectName server) throws JMException {
    return (Integer) beans.getAttribute(server, "Active");
  }
}
