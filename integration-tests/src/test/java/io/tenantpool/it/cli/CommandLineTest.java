package io.tenantpool.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commands, on a JVM with the agent and one without. */
final class CommandLineTest {

  private static Application application;
  private static Application plain;
  private static List<String> tenants;

  @BeforeAll
  static void start() throws SQLException {
    tenants = Application.POSTGRES.createDatabases("cli", 2);
    application = Application.start(Application.withAgent());
    plain = Application.start(Application.plain());
    application.hold(tenants.get(0));
    application.release();
  }

  @AfterAll
  static void stop() {
    application.close();
    plain.close();
  }

  @AfterEach
  void release() {
    application.release();
  }

  @Test
  void withoutACommandItShowsItsHelp() {
    Tool.run().succeeded().says("Usage: java -jar tenant-pool-agent.jar", "evict", "Exit codes:");
  }

  @Test
  @Tag("smoke")
  void listShowsJvmsWithAndWithoutTheAgentAndNoArguments() {
    String program = HoldingProgram.class.getName();
    Tool list = Tool.run("list").succeeded();
    String java =
        System.getProperty("test.java", "").isEmpty() ? System.getProperty("java.version") : "";
    list.says(application.pid() + " yes " + java, plain.pid() + " no " + java, program);
    assertFalse(list.out().contains(Application.PASSWORD), list.out());
    Tool json = Tool.run("list", "--json").succeeded();
    assertTrue(json.out().contains("{\"pid\":" + plain.pid() + ",\"agent\":\"no\""), json.out());
  }

  @Test
  @Tag("smoke")
  void statusShowsTheBudgetAndTheTenantsThatUseIt() {
    application.hold(tenants.get(0));
    application.hold(tenants.get(0));
    application.hold(tenants.get(1));
    Tool.run("status", application.pid())
        .succeeded()
        .says(
            "Tenant Pool Agent",
            "JVM " + application.pid(),
            "Server " + Application.server(),
            " of 10 (",
            "3 active",
            "2 live of 2 seen",
            tenants.get(0) + " 2 2 0 0",
            tenants.get(1) + " 1 1 0 0");
    Tool.run("status", "--tenants", "1", application.pid()).succeeded().says("and 1 more");
    Tool.run("status", application.pid(), "--json")
        .succeeded()
        .says("{\"pid\":" + application.pid(), "\"Budget\":10,", "\"Active\":3,");
  }

  @Test
  void evictClosesIdleConnectionsNowAndTellsOfThoseInUse() {
    application.hold(tenants.get(1));
    Tool.run("evict", application.pid(), tenants.get(1), "--json")
        .succeeded()
        .says("\"tenant\":\"" + tenants.get(1) + "\"", "\"active\":1}");
    application.release();
    Tool.run("evict", application.pid(), tenants.get(1), "--server", Application.server())
        .succeeded()
        .says(tenants.get(1) + " on " + Application.server() + ": closed");
    Tool.run("evict", application.pid(), "nobody")
        .refused(10, "no server has seen a tenant 'nobody'");
    Tool.run("evict", application.pid(), tenants.get(1), "--server", "x:1")
        .refused(10, "no server 'x:1'; there are: [" + Application.server() + "]");
  }

  @Test
  void reportHoldsEveryTenantAndTheCapInForce() {
    application.hold(tenants.get(0));
    application.hold(tenants.get(1));
    Tool.run("report", application.pid())
        .succeeded()
        .says(Application.server(), tenants.get(0), tenants.get(1));
    Tool.run("report", "--json", application.pid()).succeeded().says("\"MaxConnections\":10");
  }

  @Test
  void topWithoutATerminalWritesFramesUntilTheInputEnds() {
    application.hold(tenants.get(1));
    Tool one = Tool.run("top", application.pid()).succeeded();
    one.says(
        "JVM " + application.pid(),
        Application.server() + " [",
        "active 1",
        tenants.get(1) + " 1 1 0 0");
    assertFalse(one.out().contains("\u001b"), one.out());
    Tool json =
        Tool.run(
            Tool.command(List.of(), "top", "--json", "-i", "0.1", "-n", "1", application.pid()));
    assertEquals(1, json.succeeded().out().lines().count(), json.out());
  }

  @Test
  void topComputesRatesFromTheSecondFrameOn() {
    Tool top =
        Tool.runWithoutEndOfInput(
            Tool.command(List.of(), "top", "-i", "0.2", "-n", "2", application.pid()));
    assertEquals(2, top.out().lines().filter(line -> line.contains("JVM ")).count(), top.out());
    top.says("evictions/s -", "evictions/s 0.0");
  }

  @Test
  void withoutTheAgentEachCommandSaysSo() {
    String words = "the agent is not in JVM " + plain.pid() + "; bring it there with: attach";
    Tool.run("status", plain.pid()).refused(7, words);
    Tool.run("top", plain.pid()).refused(7, words);
    Tool.run("evict", plain.pid(), "acme").refused(7, words);
    Tool.run("report", plain.pid()).refused(7, words);
  }

  @Test
  void anAgentFromTheCommandLineCannotBeAttachedAgain() {
    Tool.run("attach", application.pid())
        .refused(8, "the agent is in JVM " + application.pid() + " already");
  }

  @Test
  void wrongArgumentsAreNamedInOneLine() {
    Tool.run("statos", "1").refused(2, "'statos'");
    Tool.run("status", "acme").refused(2, "'acme' is not a long");
    Tool.run("evict", application.pid()).refused(2, "TENANT");
    Tool.run("top", "-i", "0", application.pid()).refused(2, "--interval must be 0.1 to 3600");
  }
}
