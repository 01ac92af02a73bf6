package io.tenantpool.performance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one tenant gets of a budget of twenty: alone, beside a HikariCP of twenty without the agent;
 * and while forty others come and go. Everything is compared within one run, in turns. {@code
 * -Dfigures.agent} is the agent's jar.
 */
public final class SharingFigures {

  private static final int BUDGET = 20;
  private static final int OTHERS = 40;
  private static final int ROUNDS = 7;
  private static final long MILLIS = 2_000;

  private SharingFigures() {}

  public static void main(String[] args) throws Exception {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start()) {
      List<String> urls = new ArrayList<>();
      for (int i = 0; i <= OTHERS; i++) {
        create(postgres, "shared_" + i);
        urls.add(url(postgres, "shared_" + i));
      }
      compare(urls);
    }
  }

  private static void compare(List<String> urls) throws Exception {
    String options = System.getProperty("figures.options", "");
    System.setProperty(
        "figures.options", (options + " -Dtenantpool.max-connections=" + BUDGET).strip());
    List<String> arguments = new ArrayList<>(List.of(String.valueOf(BUDGET)));
    arguments.addAll(urls);
    String[] all = arguments.toArray(String[]::new);
    Ratios alone = new Ratios();
    List<Double> p99s = new ArrayList<>();
    List<Double> jains = new ArrayList<>();
    double failed = 0;
    try (ChildApplication without = ChildApplication.start(false, SharingApplication.class, all);
        ChildApplication with = ChildApplication.start(true, SharingApplication.class, all);
        // Where others have just been, their idle connections are still theirs for a while.
        ChildApplication beside = ChildApplication.start(true, SharingApplication.class, all)) {
      for (int round = -1; round < ROUNDS; round++) {
        double[] bare = without.ask("0 " + MILLIS);
        double[] pooled = with.ask("0 " + MILLIS);
        double[] mixed = beside.ask(OTHERS + " " + MILLIS);
        System.out.printf(
            Locale.ROOT,
            "alone %.0f/s without, %.0f/s with the agent; beside %d others %.0f/s, theirs p99 %.1f"
                + " ms, Jain %.3f, failed %.0f%n",
            bare[0],
            pooled[0],
            OTHERS,
            mixed[0],
            mixed[1],
            mixed[2],
            pooled[3] + mixed[3]);
        if (round >= 0) {
          alone.add(pooled[0], bare[0]);
          p99s.add(mixed[1]);
          jains.add(mixed[2]);
          failed += pooled[3] + mixed[3];
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "units of one tenant alone, to those without the agent: %s%n"
            + "beside %d others: their p99 %.1f ms, Jain %.3f; %.0f failed%n",
        alone,
        OTHERS,
        Interleaved.median(p99s),
        Interleaved.median(jains),
        failed);
  }

  private static String url(EmbeddedPostgres postgres, String database) {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database + "?user=postgres";
  }

  private static void create(EmbeddedPostgres postgres, String database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(postgres, "postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
  }
}
