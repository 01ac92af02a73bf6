package io.tenantpool.it.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JVM to be started by a test, with or without the agent. Its class path holds the test classes
 * and PostgreSQL's driver; its JDK is that of the test, or the home that {@code -Dtest.java} names.
 */
public final class ChildJvm {

  /** As long as any child may take by default. */
  public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(2);

  private final String mainClass;
  private final List<String> arguments;
  private final List<String> jvmArguments = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Duration limit = DEFAULT_LIMIT;

  private ChildJvm(String mainClass, List<String> arguments) {
    this.mainClass = mainClass;
    this.arguments = arguments;
    classPath.add(pathOf(ChildJvm.class));
    classPath.add(driverJar());
  }

  /** A JVM that will run {@code main} with {@code arguments}. */
  public static ChildJvm of(Class<?> main, String... arguments) {
    return new ChildJvm(main.getName(), List.of(arguments));
  }

  /** The same for a class that this JVM does not have. */
  public static ChildJvm ofMain(String main, String... arguments) {
    return new ChildJvm(main, List.of(arguments));
  }

  /** The agent's jar, from {@code -Dtest.agent.jar}. */
  public static Path agentJar() {
    Path jar =
        Path.of(System.getProperty("test.agent.jar", "../agent/target/tenant-pool-agent.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("no agent jar, build the module 'agent' first: " + jar);
    }
    return jar.toAbsolutePath().normalize();
  }

  /** The jar of PostgreSQL's driver. */
  public static Path driverJar() {
    return pathOf(org.postgresql.Driver.class);
  }

  /** The directory or jar that {@code type} was loaded from. */
  public static Path pathOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The home of the JDK that children run on. */
  public static Path javaHome() {
    String given = System.getProperty("test.java", "");
    return Path.of(given.isEmpty() ? System.getProperty("java.home") : given);
  }

  /** With the agent when {@code agent}, as it is otherwise. */
  public ChildJvm agent(boolean agent) {
    return agent ? agent("") : this;
  }

  /** With the agent and its arguments, such as {@code max-connections=5}; none when empty. */
  public ChildJvm agent(String agentArguments) {
    return jvm("-javaagent:" + agentJar() + (agentArguments.isEmpty() ? "" : "=" + agentArguments));
  }

  /** Sets {@code tenantpool.<key>}. */
  public ChildJvm setting(String key, Object value) {
    return jvm("-Dtenantpool." + key + "=" + value);
  }

  /** Adds arguments of the JVM itself. */
  public ChildJvm jvm(String... more) {
    jvmArguments.addAll(List.of(more));
    return this;
  }

  /** Adds to the class path. */
  public ChildJvm classPath(Path... more) {
    classPath.addAll(List.of(more));
    return this;
  }

  /** Replaces the class path. */
  public ChildJvm onlyClassPath(Path... all) {
    classPath.clear();
    return classPath(all);
  }

  /** Sets an environment variable. */
  public ChildJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** How long the child may live; it is killed after that. */
  public ChildJvm limit(Duration newLimit) {
    this.limit = newLimit;
    return this;
  }

  /** Starts the child. Whoever calls this closes it. */
  public RunningJvm start() {
    List<String> command = new ArrayList<>();
    command.add(javaHome().resolve("bin").resolve("java").toString());
    // Small and quick to start: several of them share the machine with a server.
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Xmx256m");
    command.add("-Dfile.encoding=UTF-8");
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // What the shell of the developer says must not reach the child.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().keySet().removeIf(name -> name.startsWith("TENANTPOOL_"));
    builder.environment().putAll(environment);
    try {
      return new RunningJvm(builder.start(), limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the child and waits for its end. */
  public Outcome run() {
    try (RunningJvm child = start()) {
      return child.awaitExit();
    }
  }

  /** What a child left behind. */
  public record Outcome(int exitCode, List<String> out, List<String> err) {

    /** Standard output as one text. */
    public String outText() {
      return String.join("\n", out);
    }

    /** Standard error as one text. */
    public String errText() {
      return String.join("\n", err);
    }

    /**
     * This outcome, when the child exited with 0.
     *
     * @throws AssertionError otherwise, with all that the child printed
     */
    public Outcome succeeded() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + "\n" + outText() + "\n" + errText());
      }
      return this;
    }
  }
}
