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
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the finished agent costs an application with HikariCP. Child JVMs take turns in short
 * rounds: without the agent, without it once more (so that one sees how much the measurement itself
 * errs), and with it. One thread is measured on one processor, which it shares with the server:
 * that is where a question takes the least time. A JVM compiles what it runs a little differently
 * each time, so there are several sets of such children. With {@code -Dfigures.before=JAR} the
 * agent of that jar takes turns with them, and the finished one is compared with it as well.
 */
public final class ApplicationPoolFigures {

  private static final int SETS = Integer.getInteger("figures.sets", 4);
  private static final int ROUNDS = Integer.getInteger("figures.rounds", 41);
  private static final int WARM_UP = Integer.getInteger("figures.warm-up", 100_000);

  /** A thousand rows are worth many questions. */
  private static final int WARM_UP_OF_ROWS = WARM_UP / 20;

  private static final String TURN = " " + Integer.getInteger("figures.turn", 80) + " 0";

  /** The agent's jar from before a change, to be measured in the same rounds; null for none. */
  private static final @Nullable String BEFORE = System.getProperty("figures.before");

  private static final int WITH_AGENT = 2;
  private static final int WITH_AGENT_BEFORE = 3;
  private static final List<String> VARIANTS =
      Stream.of("without the agent", "without it again", "with the agent", "with it before")
          .limit(BEFORE == null ? WITH_AGENT_BEFORE : WITH_AGENT_BEFORE + 1)
          .toList();

  private final EmbeddedPostgres postgres;

  private ApplicationPoolFigures(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** Arguments: what to measure, with how many threads; everything when there are none. */
  public static void main(String[] args) throws Exception {
    List<String> wanted =
        args.length == 0
            ? List.of(
                "borrow 1", "select 1", "transaction 1", "rows 1", "borrow 2", "select 2", "start")
            : List.of(args);
    List<String> alone = wanted.stream().filter(each -> each.endsWith(" 1")).toList();
    if (!alone.isEmpty()) {
      Processors.useOne();
      try (EmbeddedPostgres postgres = postgres()) {
        new ApplicationPoolFigures(postgres).calls(alone);
      }
      Processors.useAll();
    }
    List<String> together = wanted.stream().filter(each -> each.endsWith(" 2")).toList();
    try (EmbeddedPostgres postgres = postgres()) {
      if (!together.isEmpty()) {
        new ApplicationPoolFigures(postgres).calls(together);
      }
      if (wanted.contains("start")) {
        new StartFigures(postgres).run();
      }
    }
  }

  private static EmbeddedPostgres postgres() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("max_connections", "1100")
        // The disk must not hide what the agent costs.
        .setServerConfig("fsync", "off")
        .start();
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database + "?user=postgres";
  }

  private void execute(String database, String... sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(database));
        Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    }
  }

  private void calls(List<String> works) throws Exception {
    for (int i = 0; i < VARIANTS.size(); i++) {
      execute("postgres", "CREATE DATABASE calls_" + i);
      execute(
          "calls_" + i,
          "CREATE TABLE account (id int PRIMARY KEY, amount bigint NOT NULL)",
          "INSERT INTO account VALUES (1, 1000), (2, 1000)");
    }
    for (String work : works) {
      List<Ratios> medians = ratios();
      List<Ratios> means = ratios();
      Ratios toBefore = new Ratios();
      StringBuilder setBySet = new StringBuilder();
      for (int set = 0; set < SETS; set++) {
        List<Ratios> mediansOfSet = ratios();
        measureSet(work, mediansOfSet, means, toBefore);
        for (int i = 0; i < VARIANTS.size(); i++) {
          medians.get(i).addAll(mediansOfSet.get(i));
        }
        setBySet.append(String.format(Locale.ROOT, " %.3f", mediansOfSet.get(WITH_AGENT).median()));
      }
      System.out.println("an application's HikariCP, work and threads: " + work);
      for (int i = 0; i < VARIANTS.size(); i++) {
        System.out.printf("  %-18s in the middle %s%n", VARIANTS.get(i), medians.get(i));
        System.out.printf("  %-18s on average    %s%n", VARIANTS.get(i), means.get(i));
      }
      System.out.println("  with the agent in the middle, set by set:" + setBySet);
      if (BEFORE != null) {
        System.out.println("  with the agent, to it before: " + toBefore);
      }
    }
  }

  private static List<Ratios> ratios() {
    return Stream.generate(Ratios::new).limit(VARIANTS.size()).toList();
  }

  private void measureSet(String work, List<Ratios> medians, List<Ratios> means, Ratios toBefore)
      throws IOException {
    List<ChildApplication> children = new ArrayList<>();
    try {
      for (int i = 0; i < VARIANTS.size(); i++) {
        children.add(
            i == WITH_AGENT_BEFORE
                ? ChildApplication.startWith(
                    Objects.requireNonNull(BEFORE), PooledApplication.class, url("calls_" + i))
                : ChildApplication.start(
                    i == WITH_AGENT, PooledApplication.class, url("calls_" + i)));
      }
      for (ChildApplication child : children) {
        child.ask(work + " 0 " + (work.startsWith("rows") ? WARM_UP_OF_ROWS : WARM_UP));
      }
      for (int round = 0; round < ROUNDS; round++) {
        double[][] nanos = new double[children.size()][];
        for (int turn = 0; turn < nanos.length; turn++) {
          // Nobody is always the one who comes after a certain other.
          int i = (round % 2 == 0 ? turn : nanos.length - 1 - turn) + round / 2;
          i %= nanos.length;
          nanos[i] = children.get(i).ask(work + TURN);
        }
        for (int i = 0; i < nanos.length; i++) {
          medians.get(i).add(nanos[i][0], nanos[0][0]);
          means.get(i).add(nanos[i][1], nanos[0][1]);
        }
        if (BEFORE != null) {
          toBefore.add(nanos[WITH_AGENT][0], nanos[WITH_AGENT_BEFORE][0]);
        }
      }
    } finally {
      for (ChildApplication child : children) {
        child.close();
      }
    }
  }
}
