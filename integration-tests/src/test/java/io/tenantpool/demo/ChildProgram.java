package io.tenantpool.demo;

import com.example.shop.Shop;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.nop.NOPServiceProvider;

/** The sample program in a JVM of its own. It ends when its standard input ends, so with us. */
final class ChildProgram implements AutoCloseable {

  private static final int SECONDS_TO_END = 40;

  private final Process process;
  private final Thread output;
  private final Thread errors;
  private volatile Consumer<ProgramFigures> progress = figures -> {};
  private volatile @Nullable ProgramFigures latest;

  private ChildProgram(Process process) {
    this.process = process;
    this.output = reader("program-output", process.getInputStream(), this::take);
    this.errors = reader("program-errors", process.getErrorStream(), ChildProgram::show);
    output.start();
    errors.start();
  }

  /** Starts the program as {@code run} says. */
  static ChildProgram start(Run run, Path tenants, int threads) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(run.jvmOptions());
    command.add("-cp");
    command.add(
        Stream.of(
                Shop.class,
                org.postgresql.Driver.class,
                HikariDataSource.class,
                LoggerFactory.class,
                NOPServiceProvider.class)
            .map(ChildProgram::placeOf)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.addAll(
        List.of(
            Shop.class.getName(),
            tenants.toString(),
            Integer.toString(threads),
            run.act().wayOfProgram()));
    ProcessBuilder builder = new ProcessBuilder(command);
    // What the shell says to Java or to the agent must not make the runs differ from what they say.
    builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().keySet().removeIf(name -> name.startsWith("TENANTPOOL_"));
    return new ChildProgram(builder.start());
  }

  private static Path placeOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  long pid() {
    return process.pid();
  }

  /** Tells {@code listener} each second how far the program is. */
  void report(Consumer<ProgramFigures> listener) {
    progress = listener;
  }

  /**
   * Lets the program work.
   *
   * @throws IllegalStateException when it ends before; what it said is on the screen
   */
  void run(Duration length) throws InterruptedException {
    if (process.waitFor(length.toMillis(), TimeUnit.MILLISECONDS)) {
      throw failed();
    }
  }

  /**
   * Lets the program end by itself.
   *
   * @return its last figures
   * @throws IllegalStateException when it failed, or does not end
   */
  ProgramFigures stop() throws InterruptedException {
    endInput();
    if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The program does not end");
    }
    output.join();
    errors.join();
    ProgramFigures last = latest;
    if (process.exitValue() != 0 || last == null) {
      throw failed();
    }
    return last;
  }

  private IllegalStateException failed() {
    return new IllegalStateException("The program ended with exit code " + process.exitValue());
  }

  @Override
  public void close() {
    endInput();
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    ProgramFigures figures = ProgramFigures.parse(line);
    latest = figures;
    progress.accept(figures);
  }

  private static void show(String line) {
    System.out.println("    | " + line);
  }

  private static Thread reader(String name, InputStream stream, Consumer<String> consumer) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(stream, Charset.defaultCharset()))) {
                lines.lines().forEach(consumer);
              } catch (IOException | UncheckedIOException e) {
                show("unreadable: " + e);
              }
            },
            name);
    thread.setDaemon(true);
    return thread;
  }
}
