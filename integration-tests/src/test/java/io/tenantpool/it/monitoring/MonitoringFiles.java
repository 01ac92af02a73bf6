package io.tenantpool.it.monitoring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What {@code docs/monitoring} offers to operators. */
final class MonitoringFiles {

  static final Path DIRECTORY = Path.of("..", "docs", "monitoring").toAbsolutePath().normalize();

  private MonitoringFiles() {}

  /**
   * Copies what is there for Prometheus to a directory, with the port of this run, its token and a
   * shorter interval.
   */
  static void configurePrometheus(Path directory, int port) throws IOException {
    Files.copy(DIRECTORY.resolve("alerts.yml"), directory.resolve("alerts.yml"));
    Files.writeString(
        directory.resolve("tenantpool.token"), WatchedApplication.TOKEN + System.lineSeparator());
    String documented = Files.readString(DIRECTORY.resolve("prometheus.yml"));
    if (!documented.contains("127.0.0.1:9404")) {
      throw new AssertionError(documented);
    }
    Files.writeString(
        directory.resolve("prometheus.yml"),
        "global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
            + documented.replace("127.0.0.1:9404", "127.0.0.1:" + port));
  }

  /** A jar that the build has fetched; where it has not, the test is skipped. */
  static Path library(String name) throws IOException {
    Path directory = Path.of(System.getProperty("test.monitoring.libraries", "target/monitoring"));
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        return files
            .filter(file -> file.getFileName().toString().startsWith(name))
            .findFirst()
            .orElseThrow()
            .toAbsolutePath();
      }
    }
    return Assumptions.abort("the build has not fetched " + name + " to " + directory);
  }

  /** Free a moment ago; who listens cannot be told to take any. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
