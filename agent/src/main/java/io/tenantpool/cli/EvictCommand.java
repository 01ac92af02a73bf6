package io.tenantpool.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "evict",
    description = {
      "Closes a tenant's connections, or all to a database: idle ones now, those in use when they",
      "come back.",
      "The tenant's next request opens new ones."
    })
final class EvictCommand extends AgentCommand {

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TENANT",
      defaultValue = "",
      description = "The tenant, as status shows it.")
  String tenant = "";

  @Option(
      names = "--database",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Instead of a tenant's: all to this database, whatever their tenants.")
  String database = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--server",
      paramLabel = "NAME",
      defaultValue = "",
      description = "On this server, where several have such a tenant.")
  String server = "";

  EvictCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check() {
    if (tenant.isEmpty() == database.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "give either TENANT or --database=NAME");
    }
  }

  @Override
  void run(AgentBeans agent) throws Refusal {
    Reading before = agent.read();
    if (!database.isEmpty()) {
      closeDatabase(agent, before);
      return;
    }
    for (String candidate : candidates(before)) {
      if (agent.closeTenant(candidate, tenant)) {
        say(candidate, before.tenant(candidate, tenant));
        return;
      }
    }
    boolean watched = before.watchedTenants().stream().anyMatch(bean -> bean.name().equals(tenant));
    throw new Refusal(
        ExitCode.NO_TENANT,
        watched
            ? "tenant '" + tenant + "' is only watched: its connections are the application's own"
            : "no server has seen a tenant '" + tenant + "'");
  }

  private void closeDatabase(AgentBeans agent, Reading before) throws Refusal {
    int idle = 0;
    for (String candidate : server.isEmpty() ? servers(before) : candidates(before)) {
      idle += agent.closeDatabase(candidate, database);
    }
    if (json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("database", database);
      map.put("idle", idle);
      surroundings.print(Json.of(map));
    } else {
      surroundings.print(
          Words.visible("database " + database)
              + ": closed "
              + idle
              + " idle, those in use will be closed when they come back");
    }
  }

  private static List<String> servers(Reading reading) {
    return reading.servers().stream().map(Bean::name).toList();
  }

  /** Where it is live; else, one after the other, all servers that could remember it. */
  private List<String> candidates(Reading reading) throws Refusal {
    List<String> servers = servers(reading);
    if (!server.isEmpty()) {
      if (!servers.contains(server)) {
        throw new Refusal(ExitCode.NO_TENANT, "no server '" + server + "'; there are: " + servers);
      }
      return List.of(server);
    }
    List<String> live =
        reading.tenants().stream()
            .filter(bean -> bean.name().equals(tenant))
            .map(Bean::server)
            .toList();
    if (live.size() > 1) {
      throw new Refusal(
          ExitCode.NO_TENANT,
          "tenant '" + tenant + "' is on " + live + "; choose one with --server");
    }
    return live.isEmpty() ? servers : live;
  }

  private void say(String where, Optional<Bean> before) {
    long idle = before.map(bean -> bean.count("Idle")).orElse(0L);
    long active = before.map(bean -> bean.count("Active")).orElse(0L);
    if (json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("server", where);
      map.put("tenant", tenant);
      map.put("idle", idle);
      map.put("active", active);
      surroundings.print(Json.of(map));
    } else {
      surroundings.print(
          Words.visible(tenant + " on " + where)
              + ": closed "
              + idle
              + " idle, "
              + active
              + " in use will be closed when they come back");
    }
  }
}
