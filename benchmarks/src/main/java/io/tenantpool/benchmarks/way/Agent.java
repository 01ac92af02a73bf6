package io.tenantpool.benchmarks.way;

import io.tenantpool.benchmarks.load.AccessKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The finished agent, whose jar {@code -Dbenchmarks.agent} names, under the application. */
final class Agent implements Way {

  private final String name;
  private final AccessKind access;

  Agent(String name, AccessKind access) {
    this.name = name;
    this.access = access;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> missing() {
    return Files.isRegularFile(jar())
        ? Optional.empty()
        : Optional.of("no agent at " + jar() + ", build the module 'agent' first");
  }

  private static Path jar() {
    return Path.of(System.getProperty("benchmarks.agent", "../agent/target/tenant-pool-agent.jar"));
  }

  @Override
  public String budgetRule() {
    return "tenantpool.max-connections";
  }

  @Override
  public boolean isHeldToBudget() {
    return true;
  }

  @Override
  public OpenWay open(Site site) {
    return OpenWay.direct(
        access,
        site,
        "-javaagent:" + jar().toAbsolutePath().normalize(),
        "-Dtenantpool.max-connections=" + site.budget(),
        "-Dtenantpool.acquire-timeout=" + site.timeoutMillis() + "ms");
  }
}
