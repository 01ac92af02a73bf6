package io.tenantpool.cli;

import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    description = "Lists the JVMs that you may look at, with and without the agent.")
final class ListCommand extends JvmCommand {

  ListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run() {
    JvmTable table = new JvmTable(LocalJvms.all());
    surroundings.print(json ? List.of(Json.of(table.asList())) : table.lines());
  }
}
