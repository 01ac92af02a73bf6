package io.tenantpool.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Counts the sockets that a process holds to a port of loopback, where the system shows them under
 * {@code /proc}.
 */
final class ClientSockets {

  private static final int REMOTE_ADDRESS = 2;
  private static final int INODE = 9;

  private final Path process;
  private final String hexPort;

  ClientSockets(long pid, int port) {
    this.process = Path.of("/proc", Long.toString(pid));
    this.hexPort = "%04X".formatted(port);
  }

  /** How many there are now; empty where the system does not show them. */
  OptionalInt count() {
    if (!Files.isDirectory(process.resolve("fd"))) {
      return OptionalInt.empty();
    }
    try {
      Set<String> inodes = new HashSet<>();
      // The kernel's list first, then the process's: what stands in both was open in between, all
      // of it at the same instant, so that the count is never too high.
      addInodes(process.resolve("net/tcp"), inodes);
      addInodes(process.resolve("net/tcp6"), inodes);
      return OptionalInt.of(countHeld(inodes));
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  private void addInodes(Path table, Set<String> inodes) throws IOException {
    if (!Files.exists(table)) {
      return;
    }
    List<String> lines = Files.readAllLines(table);
    for (String line : lines.subList(1, lines.size())) {
      String[] columns = line.trim().split("\\s+");
      if (columns[REMOTE_ADDRESS].endsWith(":" + hexPort)) {
        inodes.add("socket:[" + columns[INODE] + "]");
      }
    }
  }

  private int countHeld(Set<String> inodes) throws IOException {
    int held = 0;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (inodes.contains(target(descriptor))) {
          held++;
        }
      }
    }
    return held;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }
}
