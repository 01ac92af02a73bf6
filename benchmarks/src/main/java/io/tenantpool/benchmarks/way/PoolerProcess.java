package io.tenantpool.benchmarks.way;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A pooler that was started for a round. Programs are looked for at {@code -Dbenchmarks.NAME} and
 * on the {@code PATH}.
 */
public final class PoolerProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(10);
  private static final Duration END = Duration.ofSeconds(5);

  private final Process process;

  private PoolerProcess(Process process) {
    this.process = process;
  }

  static Optional<String> missing(String program) {
    return find(program).isPresent()
        ? Optional.empty()
        : Optional.of("no " + program + " on the PATH or at -Dbenchmarks." + program);
  }

  private static Optional<Path> find(String program) {
    String given = System.getProperty("benchmarks." + program, "");
    if (!given.isEmpty()) {
      return Optional.of(Path.of(given)).filter(Files::isExecutable);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a program that stays in the foreground, and waits until it listens at the port. */
  static PoolerProcess start(String program, List<String> arguments, Path directory, int port)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name", "").equals("root")) {
      // Poolers, as servers, do not want to be root; nor is the embedded server.
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(find(program).orElseThrow().toString());
    command.addAll(arguments);
    File log = directory.resolve(program + ".log").toFile();
    PoolerProcess pooler =
        new PoolerProcess(
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start());
    try {
      pooler.awaitPort(port, log);
      return pooler;
    } catch (IOException | InterruptedException | RuntimeException e) {
      pooler.close();
      throw e;
    }
  }

  private void awaitPort(int port, File log) throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    long end = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() - end < 0) {
      try (Socket socket = new Socket()) {
        socket.connect(address, 1_000);
        return;
      } catch (IOException e) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    throw new IOException("the pooler does not listen: " + Files.readString(log.toPath()));
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends the process and those that it started. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    process.destroy();
    long end = System.nanoTime() + END.toNanos();
    while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** A port of the loopback interface that nobody listens at. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
