package io.tenantpool.it.memory;

import java.lang.management.ManagementFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.management.ObjectName;

/**
 * An application with many tenants, each of which it serves once. On its input come numbers: serve
 * tenants up to that one, then print the bytes of heap in use and the threads. Arguments: URL with
 * {@code %s} for the tenant, user, password.
 */
final class ManyTenants {

  private ManyTenants() {}

  public static void main(String[] arguments) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    int served = 0;
    Scanner in = new Scanner(System.in);
    while (in.hasNextInt()) {
      int last = in.nextInt();
      List<Future<?>> tasks = new ArrayList<>();
      for (; served < last; served++) {
        String url = String.format(arguments[0], "tenant-" + served);
        tasks.add(threads.submit(() -> serve(url, arguments[1], arguments[2])));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
      tasks.clear();
      System.out.println("heap " + usedWhenQuiet());
      System.out.println("threads " + threadNames());
    }
    threads.shutdown();
  }

  private static boolean serve(String url, String user, String password) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      return connection.isValid(5);
    }
  }

  /** The driver's own thread comes and goes. */
  private static String threadNames() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.startsWith("PostgreSQL"))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Waits until the agent shows no tenant any more: all are without connections then. */
  static long usedWhenQuiet() throws Exception {
    ObjectName tenants = new ObjectName("io.tenantpool:type=Tenant,*");
    do {
      collect();
    } while (!ManagementFactory.getPlatformMBeanServer().queryNames(tenants, null).isEmpty());
    collect();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void collect() throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    PhantomReference<Object> watched = new PhantomReference<>(new Object(), queue);
    do {
      System.gc();
    } while (queue.remove(100) != watched);
  }
}
