package io.tenantpool.demo;

import static io.tenantpool.demo.DemoSettings.SERVER_MAX_CONNECTIONS;
import static io.tenantpool.demo.DemoSettings.TENANTS;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The main job on real input: {@code mvn -B -q -Pdemo verify}. Starts a PostgreSQL with a database
 * for each tenant and performs the acts one after the other: the program without and with the
 * agent, its figures side by side.
 */
public final class Demo {

  private final DemoSettings settings;
  private final PrintStream out;
  private final Leftovers leftovers;

  private Demo(DemoSettings settings, PrintStream out, Leftovers leftovers) {
    this.settings = settings;
    this.out = out;
    this.leftovers = leftovers;
  }

  /**
   * Runs the demo.
   *
   * @throws IllegalStateException when the agent did not keep what it promises
   */
  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    DemoSettings settings = DemoSettings.fromSystemProperties();
    try (Leftovers leftovers = new Leftovers()) {
      try {
        new Demo(settings, System.out, leftovers).run();
      } catch (Exception e) {
        // After Ctrl-C everything fails that is still under way, and the exit code says enough.
        if (!leftovers.jvmIsEnding()) {
          throw e;
        }
      }
    }
  }

  private void run() throws IOException, SQLException, InterruptedException {
    out.println();
    out.println("Tenant Pool Agent: one unmodified program, without and with the agent");
    Path directory = leftovers.add(WorkDirectory.createIn(settings.directory())).path();
    DemoServer server =
        leftovers.add(
            DemoServer.start(
                directory, settings.directory().resolve("postgres.log"), SERVER_MAX_CONNECTIONS));
    TenantDatabases databases = TenantDatabases.prepare(server, TENANTS, directory);
    out.printf(
        "  PostgreSQL %s on loopback, max_connections=%d, %d tenants; Java %s, %d processors;%n"
            + "  the program has %d threads; the agent's cap is %d%n",
        server.version(),
        SERVER_MAX_CONNECTIONS,
        TENANTS,
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        settings.threads(),
        DemoSettings.AGENT_MAX_CONNECTIONS);

    Stage stage = new Stage(settings, server, databases, leftovers, out);
    List<String> faults = new ArrayList<>();
    for (Act act : Act.values()) {
      out.println();
      out.println(act.heading());
      RunResult without = stage.perform(Run.withoutAgent(act), false);
      RunResult with = stage.perform(Run.withAgent(act, settings), settings.keep() && act.isLast());
      show(List.of(without, with));
      with.faults().forEach(fault -> faults.add(act.heading() + ", with agent: " + fault));
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join("; ", faults));
    }
  }

  private void show(List<RunResult> results) {
    out.println();
    ResultTable.print(results, out);
    for (RunResult result : results) {
      result
          .agent()
          .ifPresent(
              agent -> {
                out.println();
                out.println("  The MXBeans, at the end of the run " + result.run().title());
                agent.excerpt().forEach(line -> out.println("    " + line));
              });
    }
    out.println();
  }
}
