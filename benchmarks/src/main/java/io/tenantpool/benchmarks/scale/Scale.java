package io.tenantpool.benchmarks.scale;

import io.tenantpool.pool.PoolBenchmarkAccess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What grows with the number of tenants that are known, and with that of servers: borrow and return
 * without I/O, heap, JMX and {@code /metrics}. Arguments: the CSV to write, and the directory for
 * the picture.
 */
public final class Scale {

  private static final int[] TENANTS = {10, 100, 1_000, 10_000, 50_000};
  private static final int[] SERVERS = {1, 10, 100, 1_000};
  private static final int SPREAD = 1_000;
  private static final int ROUNDS = 21;
  private static final int BATCH = 20_000;
  private static final int LOOKS = 9;

  private Scale() {}

  /** One row; times are medians. */
  record Point(
      int tenants,
      int servers,
      double borrowNanos,
      long heapBytes,
      int threads,
      int beans,
      double jmxMillis,
      double metricsMillis,
      int metricsKilobytes) {

    static final String HEADER =
        "tenants,servers,borrow_ns,heap_bytes,threads,mbeans,jmx_ms,metrics_ms,metrics_kb";

    Point with(double nanos) {
      return new Point(
          tenants,
          servers,
          nanos,
          heapBytes,
          threads,
          beans,
          jmxMillis,
          metricsMillis,
          metricsKilobytes);
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "%d,%d,%.0f,%d,%d,%d,%.2f,%.2f,%d",
          tenants,
          servers,
          borrowNanos,
          heapBytes,
          threads,
          beans,
          jmxMillis,
          metricsMillis,
          metricsKilobytes);
    }
  }

  public static void main(String[] arguments) throws Exception {
    PoolBenchmarkAccess.leaveUntouched(true);
    List<Point> byTenants = new ArrayList<>();
    measure(TENANTS[TENANTS.length / 2], 1);
    for (int tenants : TENANTS) {
      byTenants.add(measure(tenants, 1));
    }
    List<Point> byServers = new ArrayList<>();
    for (int servers : SERVERS) {
      byServers.add(measure(SPREAD, servers));
    }
    // Last, for what it leaves behind would be counted as heap that others have given back.
    double[] borrows = borrows();
    for (int i = 0; i < TENANTS.length; i++) {
      byTenants.set(i, byTenants.get(i).with(borrows[i]));
    }
    List<String> rows = new ArrayList<>(List.of(Point.HEADER));
    byTenants.forEach(point -> rows.add(point.row()));
    byServers.forEach(point -> rows.add(point.row()));
    rows.forEach(System.out::println);
    Path csv = Path.of(arguments[0]).toAbsolutePath();
    Files.createDirectories(csv.resolveSibling("."));
    Files.write(csv, rows);
    Path directory = Path.of(arguments[1]);
    Files.createDirectories(directory);
    Files.write(directory.resolve("scale-tenants.svg"), ScalePicture.of(byTenants));
  }

  /** Of each number of tenants, in turns, so that what the machine does meanwhile hits all. */
  private static double[] borrows() throws Exception {
    List<Known> all = new ArrayList<>();
    try {
      for (int tenants : TENANTS) {
        all.add(new Known(tenants, 1, freePort()).fill());
      }
      double[][] nanos = new double[TENANTS.length][ROUNDS];
      for (int round = -ROUNDS / 2; round < ROUNDS; round++) {
        for (int i = 0; i < TENANTS.length; i++) {
          double each = all.get(i).borrowNanos(BATCH);
          if (round >= 0) {
            nanos[i][round] = each;
          }
        }
      }
      return Arrays.stream(nanos).mapToDouble(Scale::median).toArray();
    } finally {
      for (Known each : all) {
        each.close();
      }
    }
  }

  private static Point measure(int tenants, int servers) throws Exception {
    int port = freePort();
    int threadsBefore = Thread.getAllStackTraces().size();
    try (Known known = new Known(tenants, servers, port)) {
      awaitBeans();
      long before = usedBytes();
      known.fill();
      awaitBeans();
      long heap = usedBytes() - before;
      int threads = Thread.getAllStackTraces().size() - threadsBefore;
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      int beans = server.queryNames(new ObjectName("io.tenantpool:*"), null).size();
      double[] jmx = new double[LOOKS];
      double[] metrics = new double[LOOKS];
      int length = 0;
      try (Scraper scraper = new Scraper(port)) {
        for (int i = -2; i < LOOKS; i++) {
          long start = System.nanoTime();
          readAll(server);
          long between = System.nanoTime();
          length = scraper.scrape();
          if (i >= 0) {
            jmx[i] = (between - start) / 1e6;
            metrics[i] = (System.nanoTime() - between) / 1e6;
          }
        }
      }
      return new Point(
          known.tenants(),
          known.servers(),
          Double.NaN,
          heap,
          threads,
          beans,
          median(jmx),
          median(metrics),
          length / 1024);
    }
  }

  /** As a console does that shows all there is. */
  private static void readAll(MBeanServer server) throws JMException {
    Set<ObjectName> names = server.queryNames(new ObjectName("io.tenantpool:*"), null);
    for (ObjectName name : names) {
      String[] attributes =
          Arrays.stream(server.getMBeanInfo(name).getAttributes())
              .filter(MBeanAttributeInfo::isReadable)
              .map(MBeanAttributeInfo::getName)
              .toArray(String[]::new);
      List<Attribute> read = server.getAttributes(name, attributes).asList();
      if (read.isEmpty()) {
        throw new JMException(name + " has no attributes");
      }
    }
  }

  /** The observation's thread registers tenants a while after they have become live. */
  private static void awaitBeans() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    int before = -1;
    int now = server.queryNames(new ObjectName("io.tenantpool:*"), null).size();
    while (now != before || now == 0) {
      Thread.sleep(500);
      before = now;
      now = server.queryNames(new ObjectName("io.tenantpool:*"), null).size();
    }
  }

  private static long usedBytes() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(50);
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Asks for {@code /metrics}. */
  private static final class Scraper implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;

    Scraper(int port) {
      request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
              .header("Authorization", "Bearer " + Known.TOKEN)
              .build();
    }

    /** How many bytes came. */
    int scrape() throws IOException, InterruptedException {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException("HTTP " + answer.statusCode());
      }
      return answer.body().length;
    }

    @Override
    public void close() {
      // Its threads end with it when nobody refers to it any more.
    }
  }
}
