package io.tenantpool.it.frameworks;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * An application with four tenants and far more connections in its pools than the agent's budget.
 * Each run gets databases of its own.
 */
final class Program {

  static final int TENANTS = 4;
  static final int BUDGET = 8;
  static final int PER_TENANT = 3;
  static final String PASSWORD = "secret";

  private final String main;
  private final List<String> words;
  private final String user;
  private final List<Path> classPath = new ArrayList<>();
  private final List<String> jvm = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private boolean onlyThatClassPath;
  private int databases = TENANTS;
  private Function<String, List<String>> preparation = tenant -> List.of();
  private BiConsumer<List<String>, String> beforeRun = (urls, user) -> {};

  private Program(String main, List<String> words) throws SQLException {
    this.main = main;
    this.words = words;
    this.user = TestPostgres.shared().createUser("framework", PASSWORD);
  }

  /** A program whose arguments are words, then URL, user, password and databases. */
  static Program of(Class<?> main, String... words) throws SQLException {
    return of(main.getName(), words);
  }

  static Program of(String main, String... words) throws SQLException {
    return new Program(main, List.of(words));
  }

  /** Adds to the class path, which has the test classes and PostgreSQL's driver. */
  Program with(List<Path> jars) {
    classPath.addAll(jars);
    return this;
  }

  /** Replaces the class path. */
  Program onlyWith(List<Path> all) {
    onlyThatClassPath = true;
    return with(all);
  }

  /** Adds arguments of the JVM. */
  Program jvm(String... more) {
    jvm.addAll(List.of(more));
    return this;
  }

  /** Adds a setting of the agent. */
  Program setting(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** One database for all tenants. */
  Program inOneDatabase() {
    databases = 1;
    return this;
  }

  /** The SQL that is run in a tenant's database before the program starts. */
  Program prepared(Function<String, List<String>> sqlOfTenant) {
    preparation = sqlOfTenant;
    return this;
  }

  Program prepared(String... sql) {
    return prepared(tenant -> List.of(sql));
  }

  /** What is done with the tenants' URLs and the user before each run. */
  Program beforeRun(BiConsumer<List<String>, String> action) {
    beforeRun = action;
    return this;
  }

  /** Runs it without and with the agent. */
  BothWays runBothWays() throws SQLException {
    return new BothWays(run(false), run(true));
  }

  private Run run(boolean agent) throws SQLException {
    TestPostgres server = TestPostgres.shared();
    List<String> names = server.createDatabases("framework", databases);
    for (int tenant = 0; tenant < databases; tenant++) {
      server.give(names.get(tenant), user);
      List<String> sql = preparation.apply("tenant" + tenant);
      server.execute(names.get(tenant), sql.toArray(String[]::new));
    }
    beforeRun.accept(names.stream().map(server::url).toList(), user);
    ChildJvm child = child(server, names);
    if (agent) {
      child
          .agent(true)
          .jvm("-Dobserved=true")
          .setting("max-connections", BUDGET)
          .setting("max-connections-per-tenant", PER_TENANT)
          .setting("acquire-timeout", "20s");
      settings.forEach(child::setting);
    }
    return Run.of(names, child, agent);
  }

  private ChildJvm child(TestPostgres server, List<String> names) {
    List<String> arguments = new ArrayList<>(List.of(main));
    arguments.addAll(words);
    arguments.addAll(List.of(server.url("%s"), user, PASSWORD));
    arguments.addAll(names);
    ChildJvm child = ChildJvm.of(Observed.class, arguments.toArray(String[]::new));
    Path[] path = classPath.toArray(Path[]::new);
    return (onlyThatClassPath ? child.onlyClassPath(path) : child.classPath(path))
        .jvm(jvm.toArray(String[]::new));
  }
}
