package io.tenantpool.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.benchmarks.load.Figures;
import io.tenantpool.benchmarks.load.LoadApplication;
import io.tenantpool.benchmarks.way.OpenWay;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.slf4j.LoggerFactory;
import org.slf4j.nop.NOPServiceProvider;

/** The application in a JVM of its own. It is killed when it takes much longer than it may. */
final class Child implements AutoCloseable {

  private static final Duration END = Duration.ofSeconds(15);
  private static final List<Class<?>> LIBRARIES =
      List.of(
          LoadApplication.class,
          HikariDataSource.class,
          org.postgresql.Driver.class,
          Histogram.class,
          LoggerFactory.class,
          NOPServiceProvider.class);

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;
  private final Duration patience;

  private Child(Process process, Duration patience) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.patience = patience;
  }

  static Child start(OpenWay way, Cell cell) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(way.options());
    command.add("-cp");
    command.add(
        LIBRARIES.stream().map(Child::placeOf).collect(Collectors.joining(File.pathSeparator)));
    command.add(LoadApplication.class.getName());
    command.add(way.access().name());
    command.add(way.url());
    command.addAll(cell.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // What the shell says to Java or to the agent must not make the ways differ.
    builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().keySet().removeIf(name -> name.startsWith("TENANTPOOL_"));
    Cell.Timing timing = cell.timing();
    // An open loop may serve for twice the time, and what was begun last may time out.
    Duration patience =
        Duration.ofMillis(
                2 * Math.max(timing.millis(), timing.warmUpMillis()) + 2 * timing.timeoutMillis())
            .plusSeconds(30);
    return new Child(builder.start(), patience);
  }

  private static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Lets the application work for a while. */
  Figures round(long millis, long seed) throws IOException {
    AtomicBoolean answered = new AtomicBoolean();
    Thread guard = new Thread(() -> killUnless(answered), "guard");
    guard.setDaemon(true);
    guard.start();
    try {
      in.write(millis + " " + seed);
      in.newLine();
      in.flush();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (Figures.isLine(line)) {
          return Figures.ofLine(line);
        }
      }
      throw new IOException("the application has ended, or was killed after " + patience);
    } finally {
      answered.set(true);
      guard.interrupt();
    }
  }

  private void killUnless(AtomicBoolean answered) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) && !answered.get()) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // It has answered.
    }
  }

  /** Ends the application: its standard input ends. */
  @Override
  public void close() throws IOException {
    try {
      in.close();
      if (process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
