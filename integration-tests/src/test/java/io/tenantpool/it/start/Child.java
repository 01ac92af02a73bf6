package io.tenantpool.it.start;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs one JVM to its end. */
record Child(int exit, String out, String err) {

  private static final long LONGEST_SECONDS = 60;

  /** The agent's jar under its usual name. */
  static Path agentJar() {
    return Path.of(System.getProperty("test.agent.jar", "../agent/target/tenant-pool-agent.jar"))
        .toAbsolutePath()
        .normalize();
  }

  /** Where {@code type} was loaded from. */
  static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The class path of an application with PostgreSQL's driver. */
  static String classPath() {
    return locationOf(Probe.class) + File.pathSeparator + locationOf(org.postgresql.Driver.class);
  }

  /** The {@code java} of this JVM, or of the one that {@code -Dtest.java} names. */
  static Path java() {
    return javaOf(Path.of(System.getProperty("test.java", System.getProperty("java.home"))));
  }

  private static Path javaOf(Path home) {
    return home.resolve("bin").resolve("java");
  }

  /** Every JDK from 17 on that stands beside the one in use. */
  static List<Path> javas() throws IOException {
    List<Path> found = new ArrayList<>();
    found.add(java());
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    try (Stream<Path> homes = Files.list(home.getParent())) {
      for (Path other : homes.sorted().toList()) {
        if (!other.toRealPath().equals(home)
            && other.toRealPath().equals(other.toAbsolutePath())
            && Files.isExecutable(javaOf(other))
            && Files.isRegularFile(other.resolve("release"))
            && feature(other) >= 17) {
          found.add(javaOf(other));
        }
      }
    }
    return found;
  }

  /** 17 for a home whose release file says {@code JAVA_VERSION="17.0.15"}. */
  private static int feature(Path home) throws IOException {
    for (String line : Files.readAllLines(home.resolve("release"))) {
      if (line.startsWith("JAVA_VERSION=\"")) {
        String version = line.substring("JAVA_VERSION=\"".length()).split("[.\"+-]", 2)[0];
        return Integer.parseInt(version);
      }
    }
    return 0;
  }

  /** Runs {@code command}; its first word is the program. */
  static Child run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      process.getOutputStream().close();
      assertTrue(
          process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS),
          "the child JVM did not end: " + command);
      return new Child(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Runs {@link Probe} on the JVM under test with these arguments before the class path. */
  static Child probe(String... jvmArguments) throws IOException, InterruptedException {
    return probe(java(), jvmArguments);
  }

  static Child probe(Path java, String... jvmArguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(List.of(jvmArguments));
    command.addAll(List.of("-cp", classPath(), Probe.class.getName()));
    return run(command);
  }

  /** How many lines of the error output hold {@code text}. */
  long linesWith(String text) {
    return err.lines().filter(line -> line.contains(text)).count();
  }

  Child withUnixLines() {
    return new Child(exit, out.replace("\r\n", "\n"), err.replace("\r\n", "\n"));
  }
}
