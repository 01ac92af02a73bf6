package io.tenantpool.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "top",
    description = {
      "Shows servers and tenants live, until q or the end of the input.",
      "Where the output is no terminal, the frames follow each other."
    })
final class TopCommand extends AgentCommand {

  private static final double SHORTEST_SECONDS = 0.1;
  private static final double LONGEST_SECONDS = 3_600;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "How often (default ${DEFAULT-VALUE}).")
  double seconds;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "0",
      description = "End after so many frames (default: do not).")
  int count;

  TopCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run(AgentBeans agent) throws Refusal {
    if (!(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS)) {
      throw new Refusal(ExitCode.USAGE, "--interval must be 0.1 to 3600 seconds");
    }
    if (json) {
      watch(agent, reading -> surroundings.print(Json.of(reading.asMap())));
      return;
    }
    try (Terminal terminal = Terminal.on(surroundings.out())) {
      watch(agent, new Screen(terminal));
    }
  }

  private void watch(AgentBeans agent, Frames frames) throws Refusal {
    Keys keys = Keys.of(surroundings.in());
    long millis = (long) (seconds * 1_000);
    int shown = 0;
    do {
      frames.show(agent.read());
      shown++;
    } while (shown != count && !keys.quitWithin(millis));
  }

  /** What happens to each reading. */
  private interface Frames {
    void show(Reading reading);
  }

  private static final class Screen implements Frames {

    private final Terminal terminal;
    private @Nullable Reading before;

    Screen(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public void show(Reading now) {
      List<String> lines = new TopScreen(terminal.rows(), terminal.isLive()).lines(before, now);
      terminal.draw(lines);
      before = now;
    }
  }
}
