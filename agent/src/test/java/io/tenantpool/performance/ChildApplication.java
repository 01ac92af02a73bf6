package io.tenantpool.performance;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * An application in a JVM of its own, with HikariCP and the driver on its class path, with or
 * without the finished agent. It takes commands, a line each, and answers each with a line.
 */
final class ChildApplication implements AutoCloseable {

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  private ChildApplication(Process process) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts one. {@code -Dfigures.agent} is the agent's jar; {@code -Dfigures.options} are further
   * options of the JVM with the agent, such as those of a profiler, separated by blanks.
   */
  static ChildApplication start(boolean agent, Class<?> main, String... arguments)
      throws IOException {
    return agent
        ? startWith(System.getProperty("figures.agent"), main, arguments)
        : start(List.of(), List.of(), main, arguments);
  }

  /** Starts one with the agent of that jar, and the further options. */
  static ChildApplication startWith(String agentJar, Class<?> main, String... arguments)
      throws IOException {
    List<String> options = new ArrayList<>();
    options.add("-javaagent:" + agentJar);
    Stream.of(System.getProperty("figures.options", "").split(" ", -1))
        .filter(option -> !option.isEmpty())
        .forEach(options::add);
    return start(options, List.of(), main, arguments);
  }

  /**
   * Starts one with these options of the JVM, and the places of these classes on its class path.
   */
  static ChildApplication start(
      List<String> options, List<Class<?>> libraries, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    // The application logs nothing, and need not say so.
    command.add("-Dslf4j.internal.verbosity=ERROR");
    command.add("-cp");
    command.add(
        Stream.concat(
                Stream.of(
                    main, HikariDataSource.class, org.postgresql.Driver.class, LoggerFactory.class),
                libraries.stream())
            .map(ChildApplication::placeOf)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // What the shell says to Java or to the agent must not make the variants differ.
    builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().keySet().removeIf(name -> name.startsWith("TENANTPOOL_"));
    return new ChildApplication(builder.start());
  }

  private static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a command and waits for its answer, which is some numbers. */
  double[] ask(String command) throws IOException {
    in.write(command);
    in.newLine();
    in.flush();
    return answer();
  }

  /** Waits for an answer that nobody has read. */
  double[] answer() throws IOException {
    String line;
    do {
      line = out.readLine();
      if (line == null) {
        throw new IOException("The application has ended");
      }
      // A profiler says where it writes to.
    } while (!line.matches("[0-9. E]+"));
    return Stream.of(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** Ends the application: its standard input ends. */
  @Override
  public void close() throws IOException {
    in.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
