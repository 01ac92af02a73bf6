package io.tenantpool.it.frameworks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Runs another program, which knows nothing of this. When its main method is over, prints the
 * agent's figures, as far as they are there, as lines of a word and a number, and prints them again
 * for each line on the input until that says {@link #ENOUGH}. Arguments: the program's class, its
 * arguments.
 */
public final class Observed {

  /** What the lines begin with. */
  static final String PREFIX = "agent: ";

  /** The line behind the figures. */
  static final String END = "observed to the end";

  /** The line that ends the program. */
  static final String ENOUGH = "enough";

  private static final String[] OF_SERVER = {
    "Open", "Borrows", "Opens", "PeakOpen", "Active", "Waiting", "Timeouts", "Bypassed", "Tenants"
  };
  private static final String[] OF_ALL = {"AgentFaults", "ObservationFaults", "LostEvents"};

  private Observed() {}

  public static void main(String[] arguments) throws Exception {
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String heard;
    do {
      if (Boolean.getBoolean("observed")) {
        print();
      }
      System.out.println(END);
      heard = in.readLine();
      if (heard == null) {
        throw new IllegalStateException("nobody listens");
      }
    } while (!heard.equals(ENOUGH));
  }

  private static void print() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName server :
        beans.queryNames(new ObjectName("io.tenantpool:type=Server,*"), null)) {
      for (String figure : OF_SERVER) {
        System.out.println(PREFIX + figure + " " + beans.getAttribute(server, figure));
      }
    }
    for (ObjectName manager :
        beans.queryNames(new ObjectName("io.tenantpool:type=PoolManager"), null)) {
      for (String figure : OF_ALL) {
        System.out.println(PREFIX + figure + " " + beans.getAttribute(manager, figure));
      }
    }
  }
}
