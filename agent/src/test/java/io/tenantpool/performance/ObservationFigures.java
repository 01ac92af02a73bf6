package io.tenantpool.performance;

import io.micrometer.common.util.internal.logging.InternalLoggerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.NullMarked;

/**
 * What it costs {@code SELECT 1} through an application's HikariCP to watch the agent in every way
 * at once: the HTTP endpoint scraped every second, the meters in the application's own registry,
 * scraped every second as well, the agent's meters, HikariCP's beans. Child JVMs take turns as in
 * {@link ApplicationPoolFigures}; the first one has the agent with all of that switched off, and
 * the same registry, scraped as often, without the agent's meters. The capacity curve cannot be
 * switched off, so it is in both; its cost is measured by itself.
 */
public final class ObservationFigures {

  private static final int SETS = Integer.getInteger("figures.sets", 6);
  private static final int ROUNDS = Integer.getInteger("figures.rounds", 41);
  private static final String WARM_UP = " 0 " + Integer.getInteger("figures.warm-up", 100_000);
  private static final String TURN = " " + Integer.getInteger("figures.turn", 80) + " 0";
  private static final String TOKEN = "a-token-of-the-figures";
  private static final String OFF = "meters=false,hikari-mbeans=false,application-meters=false";
  private static final List<String> VARIANTS =
      List.of("nothing switched on", "nothing once more", "everything switched on");

  private final EmbeddedPostgres postgres;
  private final int port;
  private final AtomicLong scrapes = new AtomicLong();

  private ObservationFigures(EmbeddedPostgres postgres, int port) {
    this.postgres = postgres;
    this.port = port;
  }

  /** Arguments: the number of threads, 1 and 2 when there is none. */
  public static void main(String[] args) throws Exception {
    for (String threads : args.length == 0 ? List.of("1", "2") : List.of(args)) {
      if (threads.equals("1")) {
        Processors.useOne();
      }
      try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
        new ObservationFigures(postgres, freePort()).measure("select " + threads);
      }
      Processors.useAll();
    }
  }

  private void measure(String work) throws Exception {
    List<Ratios> medians = ratios();
    List<Ratios> means = ratios();
    ScheduledExecutorService prometheus = Executors.newSingleThreadScheduledExecutor();
    try {
      prometheus.scheduleAtFixedRate(this::scrape, 1, 1, TimeUnit.SECONDS);
      for (int set = 0; set < SETS; set++) {
        measureSet(work, set, medians, means);
      }
    } finally {
      prometheus.shutdownNow();
    }
    System.out.println("an application's HikariCP, work and threads: " + work);
    for (int i = 0; i < VARIANTS.size(); i++) {
      System.out.printf("  %-22s in the middle %s%n", VARIANTS.get(i), medians.get(i));
      System.out.printf("  %-22s on average    %s%n", VARIANTS.get(i), means.get(i));
    }
    System.out.println("  scrapes with an answer: " + scrapes);
  }

  private void measureSet(String work, int set, List<Ratios> medians, List<Ratios> means)
      throws IOException {
    int count = VARIANTS.size();
    ChildApplication[] children = new ChildApplication[count];
    try {
      // Who is started and warmed up first may be better or worse off for it: each is once.
      for (int turn = 0; turn < count; turn++) {
        int i = (turn + set) % count;
        children[i] = child(i);
        children[i].ask(work + WARM_UP);
      }
      for (int round = 0; round < ROUNDS; round++) {
        double[][] nanos = new double[count][];
        for (int turn = 0; turn < nanos.length; turn++) {
          int i = (round % 2 == 0 ? turn : nanos.length - 1 - turn) + round / 2;
          i %= nanos.length;
          nanos[i] = children[i].ask(work + TURN);
        }
        for (int i = 0; i < nanos.length; i++) {
          medians.get(i).add(nanos[i][0], nanos[0][0]);
          means.get(i).add(nanos[i][1], nanos[0][1]);
        }
      }
    } finally {
      for (ChildApplication child : children) {
        if (child != null) {
          child.close();
        }
      }
    }
  }

  private ChildApplication child(int variant) throws IOException {
    boolean everything = variant == VARIANTS.size() - 1;
    String on = "http-port=" + port + ",http-token=" + TOKEN + ",metrics.tenant-tags=all";
    return ChildApplication.start(
        List.of(
            "-javaagent:" + System.getProperty("figures.agent") + "=" + (everything ? on : OFF)),
        Stream.of(
                MeterRegistry.class,
                InternalLoggerFactory.class,
                ObservationRegistry.class,
                PrometheusMeterRegistry.class,
                PrometheusRegistry.class,
                PrometheusProperties.class,
                Counter.class,
                PrometheusTextFormatWriter.class,
                SpanContext.class,
                Histogram.class,
                NullMarked.class)
            .toList(),
        MeteredApplication.class,
        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres");
  }

  private void scrape() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    try {
      String page = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      if (page.contains("tenantpool_borrows_total{")) {
        scrapes.incrementAndGet();
      }
    } catch (IOException notYet) {
      // Between two sets nobody listens; the number of answers is printed.
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Ratios> ratios() {
    return Stream.generate(Ratios::new).limit(VARIANTS.size()).toList();
  }

  /** Free a moment ago. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
