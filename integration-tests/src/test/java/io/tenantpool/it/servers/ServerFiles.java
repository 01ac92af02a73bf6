package io.tenantpool.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Where the profile {@code servers} has put the servers, and how one of them is started. */
final class ServerFiles {

  private ServerFiles() {}

  /**
   * The only file or directory of a server whose name begins like that, with a version in it.
   *
   * @throws IllegalStateException when the build did not put it there
   */
  static Path find(String prefix) {
    Path directory = Path.of(System.getProperty("test.servers", "target/servers"));
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
      if (found.size() != 1) {
        throw new IllegalStateException(prefix + " in " + directory + ": " + found);
      }
      return found.get(0).toAbsolutePath().normalize();
    } catch (IOException e) {
      throw new UncheckedIOException("run the build with -Pservers", e);
    }
  }

  /** The JVM of a server that is started from {@code jar}, with the agent. */
  static ChildJvm jvm(Path jar, String mainClass, String... arguments) {
    return ChildJvm.ofMain(mainClass, arguments)
        .onlyClassPath(jar)
        .jvm("-Xmx512m")
        .agent(true)
        .setting("max-connections", Tenants.BUDGET)
        .setting("max-connections-per-tenant", 3)
        .limit(Duration.ofMinutes(4));
  }

  /** The agent has warned of nothing; some servers have what it says on standard output. */
  static void assertNoComplaint(RunningJvm server) {
    List<String> complaints =
        Stream.concat(server.out().stream(), server.err().stream())
            .filter(line -> line.matches(".*(WARN|ERROR) +tenantpool.*|.*tenant-pool-agent: .*"))
            .toList();
    assertEquals(List.of(), complaints);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where a web application on that port is. */
  static URI application(int port) {
    return URI.create("http://127.0.0.1:" + port + "/app/");
  }
}
