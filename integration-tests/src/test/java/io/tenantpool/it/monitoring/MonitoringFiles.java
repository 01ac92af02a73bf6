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
