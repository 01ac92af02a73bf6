package io.tenantpool.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Where the acts' runs are performed: starts the program, watches it, ends it, reads the books. */
final class Stage {

  private final DemoSettings settings;
  private final DemoServer server;
  private final TenantDatabases databases;
  private final Leftovers leftovers;
  private final PrintStream out;

  Stage(
      DemoSettings settings,
      DemoServer server,
      TenantDatabases databases,
      Leftovers leftovers,
      PrintStream out) {
    this.settings = settings;
    this.server = server;
    this.databases = databases;
    this.leftovers = leftovers;
    this.out = out;
  }

  /**
   * Performs {@code run} on databases made afresh; with {@code keep}, it goes on until Enter is
   * pressed.
   */
  RunResult perform(Run run, boolean keep) throws IOException, SQLException, InterruptedException {
    databases.createAfresh();
    ChildProgram program =
        leftovers.add(ChildProgram.start(run, databases.list(), settings.threads()));
    ClientSockets sockets = new ClientSockets(program.pid(), server.port());
    try (ConnectionSampler sampler = new ConnectionSampler(server, sockets)) {
      Progress progress = new Progress(run.title(), sampler::now, out);
      program.report(progress::show);
      Optional<AgentFigures> agent = Optional.empty();
      if (run.usesAgent()) {
        agent = Optional.of(watch(program, progress, keep));
      } else {
        program.run(settings.length());
      }
      ProgramFigures figures = program.stop();
      return new RunResult(
          run,
          figures,
          sampler.socketPeak(),
          sampler.serverPeak(),
          SessionCount.read(server),
          Books.read(server, databases),
          agent);
    }
  }

  private AgentFigures watch(ChildProgram program, Progress progress, boolean keep)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + settings.length().toNanos();
    program.run(settings.length().dividedBy(2));
    try (AgentMonitor monitor = AgentMonitor.connect(program.pid())) {
      program.run(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      if (keep) {
        progress.slowDown();
        KeepRunning.untilEnter(program, out);
      }
      return monitor.read();
    }
  }
}
