package io.tenantpool.performance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How long an application needs that starts with 40 full pools: in a new JVM each time, without and
 * with the agent in turn. The server allows all of their connections.
 */
final class StartFigures {

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
    List<Ratios> answered = List.of(new Ratios(), new Ratios());
    List<Ratios> full = List.of(new Ratios(), new Ratios());
    for (int round = -1; round < ROUNDS; round++) {
      double[] nanosToAnswer = new double[2];
      double[] nanosToFull = new double[2];
      for (int turn = 0; turn < 2; turn++) {
        int i = Math.floorMod(round + turn, 2);
        awaitNoSessions();
        try (ChildApplication child =
            ChildApplication.start(
                i == 1, ManyPoolsApplication.class, urls.toArray(String[]::new))) {
          nanosToAnswer[i] = child.answer()[0];
          nanosToFull[i] = child.answer()[0];
        }
      }
      for (int i = 0; i < 2 && round >= 0; i++) {
        answered.get(i).add(nanosToAnswer[i], nanosToAnswer[0]);
        full.get(i).add(nanosToFull[i], nanosToFull[0]);
      }
    }
    System.out.println(TENANTS + " pools of 25, time to the first answer of the last tenant");
    System.out.println("  without the agent    " + answered.get(0));
    System.out.println("  with the agent       " + answered.get(1));
    System.out.println("the same, time until all pools are full");
    System.out.println("  without the agent    " + full.get(0));
    System.out.println("  with the agent       " + full.get(1));
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
