package io.tenantpool.performance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long an application needs that starts with 40 full pools: in a new JVM each time, without and
 * with the agent in turn. The server allows all of their connections. A third variant without the
 * agent has one connection in each pool: what remains of the start when none is opened in vain.
 */
final class StartFigures {

  private enum Variant {
    WITHOUT("without the agent", false, 25),
    WITH("with the agent", true, 25),
    LEAST("without, pools of 1", false, 1);

    final String title;
    final boolean agent;
    final int poolSize;

    Variant(String title, boolean agent, int poolSize) {
      this.title = title;
      this.agent = agent;
      this.poolSize = poolSize;
    }
  }

  private static final int TENANTS = 40;
  private static final int ROUNDS = 7;

  private final EmbeddedPostgres postgres;

  StartFigures(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  void run() throws Exception {
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < TENANTS; i++) {
      create("start_" + i);
      urls.add(url("start_" + i));
    }
    Variant[] variants = Variant.values();
    Map<Variant, Ratios> answered = new EnumMap<>(Variant.class);
    Map<Variant, Ratios> full = new EnumMap<>(Variant.class);
    for (Variant variant : variants) {
      answered.put(variant, new Ratios());
      full.put(variant, new Ratios());
    }
    for (int round = -1; round < ROUNDS; round++) {
      Map<Variant, double[]> nanos = new EnumMap<>(Variant.class);
      for (int turn = 0; turn < variants.length; turn++) {
        Variant variant = variants[Math.floorMod(round + turn, variants.length)];
        nanos.put(variant, start(variant, urls));
      }
      for (Variant variant : variants) {
        if (round >= 0) {
          answered.get(variant).add(nanos.get(variant)[0], nanos.get(Variant.WITHOUT)[0]);
          full.get(variant).add(nanos.get(variant)[1], nanos.get(Variant.WITHOUT)[1]);
        }
      }
    }
    System.out.println(TENANTS + " pools of 25, time to the first answer of the last tenant");
    answered.forEach(StartFigures::print);
    System.out.println("the same, time until all pools are full");
    full.forEach(StartFigures::print);
  }

  private static void print(Variant variant, Ratios ratios) {
    System.out.printf("  %-20s %s%n", variant.title, ratios);
  }

  /** Nanoseconds to the first answer of the last tenant, and until all pools are full. */
  private double[] start(Variant variant, List<String> urls)
      throws IOException, SQLException, InterruptedException {
    awaitNoSessions();
    List<String> arguments = new ArrayList<>(List.of(String.valueOf(variant.poolSize)));
    arguments.addAll(urls);
    try (ChildApplication child =
        ChildApplication.start(
            variant.agent, ManyPoolsApplication.class, arguments.toArray(String[]::new))) {
      return new double[] {child.answer()[0], child.answer()[0]};
    }
  }

  private void awaitNoSessions() throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement statement = connection.createStatement()) {
      int sessions;
      do {
        Thread.sleep(100);
        try (ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'start%'")) {
          row.next();
          sessions = row.getInt(1);
        }
      } while (sessions > 0);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database + "?user=postgres";
  }

  private void create(String database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
  }
}
