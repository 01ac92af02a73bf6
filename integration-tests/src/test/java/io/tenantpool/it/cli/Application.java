package io.tenantpool.it.cli;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;

/** A {@link HoldingProgram} that runs, and a user for its tenants. */
record Application(RunningJvm child, String user) implements AutoCloseable {

  static final TestPostgres POSTGRES = TestPostgres.shared();
  static final String PASSWORD = "Ge7heim-nobody";

  /** Without the agent; an argument that nobody shall see. */
  static ChildJvm plain() {
    return ChildJvm.of(HoldingProgram.class, "--password=" + PASSWORD);
  }

  static ChildJvm withAgent() {
    return plain().agent(true).setting("max-connections", 10);
  }

  static Application start(ChildJvm jvm) throws SQLException {
    String user = POSTGRES.createUser("cli", PASSWORD);
    RunningJvm child = jvm.start();
    child.awaitLine("ready");
    return new Application(child, user);
  }

  String pid() {
    return Long.toString(child.pid());
  }

  /** How the agent calls the database server. */
  static String server() {
    return POSTGRES.host() + ":" + POSTGRES.port();
  }

  void hold(String database) {
    child.send("hold " + POSTGRES.url(database) + "?user=" + user + "&password=" + PASSWORD);
    child.awaitLine("held");
  }

  void release() {
    child.send("release");
    child.awaitLine("released");
  }

  @Override
  public void close() {
    child.close();
    child.awaitDeath();
  }
}
