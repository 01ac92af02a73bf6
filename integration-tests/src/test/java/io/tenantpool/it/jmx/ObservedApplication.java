package io.tenantpool.it.jmx;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** {@link TenantsProgram} under the agent, a user for its tenants, and a console that looks on. */
final class ObservedApplication implements AutoCloseable {

  static final TestPostgres POSTGRES = TestPostgres.shared();

  /** Nothing else in a log or an MBean could hold these letters by chance. */
  static final String PASSWORD = "Ge7heim#Zx-nobody";

  private final RunningJvm child;
  private final JmxClient console;
  private final String user;

  private ObservedApplication(RunningJvm child, JmxClient console, String user) {
    this.child = child;
    this.console = console;
    this.user = user;
  }

  /** A child that will run the program with the agent; settings can be added. */
  static ChildJvm withAgent() {
    return ChildJvm.of(TenantsProgram.class).agent(true);
  }

  static ObservedApplication start(ChildJvm jvm) throws SQLException, IOException {
    String user = POSTGRES.createUser("observed", PASSWORD);
    RunningJvm child = jvm.start();
    try {
      child.awaitLine("ready");
      return new ObservedApplication(child, JmxClient.connect(child), user);
    } catch (IOException | RuntimeException | Error e) {
      child.close();
      throw e;
    }
  }

  JmxClient console() {
    return console;
  }

  RunningJvm child() {
    return child;
  }

  String user() {
    return user;
  }

  /** How the agent calls the database server. */
  static String serverName() {
    return POSTGRES.host() + ":" + POSTGRES.port();
  }

  static String server() {
    return JmxClient.server(serverName());
  }

  static String tenant(String database) {
    return JmxClient.tenant(serverName(), database);
  }

  /** New databases; the agent calls the tenants like them. */
  static List<String> tenants(int count) throws SQLException {
    return POSTGRES.createDatabases("tenant", count);
  }

  void work(int count, String database) {
    child.send("work " + count + " " + access(database));
    child.awaitLine(line -> line.equals("worked " + count));
  }

  /** Asks the program to open a connection and keep it. */
  void wantOpen(String name, String database) {
    child.send("open " + name + " " + access(database));
  }

  void open(String name, String database) {
    wantOpen(name, database);
    awaitOpened(name);
  }

  void awaitOpened(String name) {
    child.awaitLine(line -> line.equals("opened " + name));
  }

  void close(String name) {
    child.send("close " + name);
    child.awaitLine(line -> line.equals("closed " + name));
  }

  private String access(String database) {
    return POSTGRES.url(database) + " " + user + " " + PASSWORD;
  }

  @Override
  public void close() throws IOException {
    try {
      console.close();
    } finally {
      child.close();
    }
  }
}
