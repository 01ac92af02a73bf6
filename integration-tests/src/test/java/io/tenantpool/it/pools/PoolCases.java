package io.tenantpool.it.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a {@link CaseProgram} on a few tenants, without and with the agent. */
final class PoolCases {

  /** The newest version of each library. */
  static final List<PoolLibrary> LIBRARIES =
      List.of(
          PoolLibrary.HIKARICP_7,
          PoolLibrary.DBCP_2,
          PoolLibrary.TOMCAT_11,
          PoolLibrary.TOMCAT_11_AS_IT_IS,
          PoolLibrary.C3P0,
          PoolLibrary.DRUID,
          PoolLibrary.AGROAL,
          PoolLibrary.VIBUR);

  private static final int TENANTS = 3;
  private static final int BUDGET = 5;
  private static final String AGENT = "agent ";

  private final TestPostgres server = TestPostgres.shared();
  private final List<String> arguments = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();

  PoolCases(String cases, List<PoolLibrary> libraries) throws SQLException {
    arguments.addAll(
        List.of(cases, server.url("%s"), server.createUser("cases", "secret"), "secret"));
    String template = server.createDatabase();
    server.execute(template, Books.TABLES.toArray(String[]::new));
    List<String> databases = server.createDatabasesFrom(template, "cases", TENANTS);
    arguments.add(String.valueOf(TENANTS));
    for (String database : databases) {
      server.execute(database, "INSERT INTO marker VALUES ('" + database + "')");
      arguments.add(database);
    }
    classPath.addAll(List.of(PoolLibrary.loudLog()));
    for (PoolLibrary library : libraries) {
      arguments.add(library.name());
      arguments.add(library.adapter());
      for (Path path : library.classPath()) {
        if (!classPath.contains(path)) {
          classPath.add(path);
        }
      }
    }
  }

  /** What the cases saw, and the agent, whose budget is too small for all tenants at once. */
  Outcomes run(boolean withAgent, String... settings) {
    ChildJvm jvm =
        ChildJvm.of(CaseProgram.class, arguments.toArray(String[]::new))
            // slf4j-simple by its name, for there is a silent provider as well.
            .jvm("-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider")
            .jvm("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
            .jvm("-Dorg.slf4j.simpleLogger.log.com.zaxxer.hikari.pool.ProxyLeakTask=info")
            .classPath(classPath.toArray(Path[]::new))
            .agent(withAgent);
    if (withAgent) {
      jvm.setting("max-connections", BUDGET)
          .setting("max-connections-per-tenant", 3)
          .setting("acquire-timeout", "5s");
      for (String setting : settings) {
        String[] keyAndValue = setting.split("=", 2);
        jvm.setting(keyAndValue[0], keyAndValue[1]);
      }
    }
    ChildJvm.Outcome outcome = jvm.run().succeeded();
    Map<String, String> seen = new TreeMap<>();
    String agent = "";
    for (String line : outcome.out()) {
      String[] caseAndSeen = line.split("\t", 2);
      if (caseAndSeen.length == 2) {
        seen.put(caseAndSeen[0], caseAndSeen[1]);
      } else if (line.startsWith(AGENT)) {
        agent = line.substring(AGENT.length());
      }
    }
    return new Outcomes(seen, agent, outcome.errText());
  }

  /**
   * What a run saw.
   *
   * @param seen by library and case
   * @param agent what the agent counted
   * @param err standard error
   */
  record Outcomes(Map<String, String> seen, String agent, String err) {

    void assertSeen(String name, String outcome) {
      assertEquals(outcome, seen.get(name), name);
    }

    /** Every tenant could use as many connections as ever, and then none was in use. */
    void assertNothingLost() {
      seen.forEach(
          (name, outcome) -> {
            if (name.contains(" afterwards ")) {
              assertEquals("true", outcome, name);
            }
          });
      assertTrue(agent.contains("Active=0,") && agent.contains("Timeouts=0,"), agent);
      // The sessions of a pool go with the pool, so that the budget need not be used up.
      assertTrue(agent.matches(".*\\bPeakOpen=[1-" + BUDGET + "],.*"), agent);
    }

    /** The cases that saw something else than in {@code other}, one on each line. */
    String differences(Outcomes other) {
      StringBuilder differences = new StringBuilder();
      seen.forEach(
          (name, outcome) -> {
            String another = String.valueOf(other.seen.get(name));
            if (!outcome.equals(another)) {
              differences.append("\n").append(name);
              differences.append("\n  ").append(outcome);
              differences.append("\n  ").append(another);
            }
          });
      return differences.toString();
    }
  }
}
