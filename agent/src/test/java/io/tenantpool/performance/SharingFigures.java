package io.tenantpool.performance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
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

  /** The compiler is at work for some twenty seconds. */
  private static final int WARM_UP = 8;

  /** Of the server in a unit: one that keeps its connections busy, and one that keeps it busy. */
  private static final int LONG_UNIT = 5;

  private static final int SHORT_UNIT = 1;

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
    Ratios longUnits = new Ratios();
    Ratios shortUnits = new Ratios();
    List<Double> p99s = new ArrayList<>();
    List<Double> jains = new ArrayList<>();
    double failed = 0;
    try (ChildApplication without = ChildApplication.start(false, SharingApplication.class, all);
        ChildApplication with = ChildApplication.start(true, SharingApplication.class, all);
        // Where others have just been, their idle connections are still theirs for a while.
        ChildApplication beside = ChildApplication.start(true, SharingApplication.class, all)) {
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        double[][] bare = {alone(without, LONG_UNIT), alone(without, SHORT_UNIT)};
        double[][] pooled = {alone(with, LONG_UNIT), alone(with, SHORT_UNIT)};
        double[] mixed = beside.ask(OTHERS + " " + MILLIS + " " + SHORT_UNIT);
        System.out.printf(
            Locale.ROOT,
            "alone, units of %d ms %.0f/s without, %.0f/s with the agent, of %d ms %.0f and %.0f;"
                + " beside %d others %.0f/s, theirs %.0f/s, p99 %.1f ms, Jain %.3f, failed %.0f%n",
            LONG_UNIT,
            bare[0][0],
            pooled[0][0],
            SHORT_UNIT,
            bare[1][0],
            pooled[1][0],
            OTHERS,
            mixed[0],
            mixed[4],
            mixed[1],
            mixed[2],
            pooled[0][3] + pooled[1][3] + mixed[3]);
        if (round >= 0) {
          longUnits.add(pooled[0][0], bare[0][0]);
          shortUnits.add(pooled[1][0], bare[1][0]);
          p99s.add(mixed[1]);
          jains.add(mixed[2]);
          failed += pooled[0][3] + pooled[1][3] + mixed[3];
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "units of one tenant alone, to those without the agent: of %d ms %s%n  of %d ms %s%n"
            + "beside %d others: their p99 %.1f ms, Jain %.3f; %.0f failed%n",
        LONG_UNIT,
        longUnits,
        SHORT_UNIT,
        shortUnits,
        OTHERS,
        Interleaved.median(p99s),
        Interleaved.median(jains),
        failed);
  }

  private static double[] alone(ChildApplication application, int unitMillis) throws IOException {
    return application.ask("0 " + MILLIS + " " + unitMillis);
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
