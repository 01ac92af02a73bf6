package io.tenantpool.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be told of a process before it is attached to. That begins with a signal which ends a
 * process that is not a JVM, so this is looked at first.
 */
final class JvmProcess {

  /** SIGQUIT, signal 3, in the mask of {@code /proc/PID/status}. */
  private static final long QUIT = 1L << 2;

  private final long pid;
  private final Path proc;

  JvmProcess(long pid) {
    this(pid, Path.of("/proc"));
  }

  JvmProcess(long pid, Path procFileSystem) {
    this.pid = pid;
    this.proc = procFileSystem.resolve(Long.toString(pid));
  }

  /**
   * Refuses what is not there, belongs to another user, or is no JVM.
   *
   * @param known whether the JVM is in the list of the attach API
   */
  void check(boolean known) throws Refusal {
    ProcessHandle process =
        ProcessHandle.of(pid)
            .orElseThrow(
                () -> new Refusal(ExitCode.NO_JVM, "there is no process with the id " + pid));
    refuseAnotherUsers(process.info().user(), ProcessHandle.current().info().user());
    if (!known && !isJvm(process.info().command())) {
      throw new Refusal(
          ExitCode.NO_JVM,
          "process "
              + pid
              + " is not a JVM"
              + process.info().command().map(c -> ": " + c).orElse(""));
    }
    if (!isReady()) {
      throw new Refusal(
          ExitCode.NOT_ATTACHABLE, "JVM " + pid + " is only just starting, or ending; try again");
    }
  }

  void refuseAnotherUsers(Optional<String> owner, Optional<String> self) throws Refusal {
    if (owner.isPresent()
        && self.isPresent()
        && !owner.equals(self)
        && !self.get().equals("root")) {
      throw new Refusal(
          ExitCode.NOT_ALLOWED,
          "process "
              + pid
              + " belongs to the user "
              + owner.get()
              + "; run the tool as that user (you are "
              + self.get()
              + ")");
    }
  }

  /**
   * By the library of the JVM that is mapped; by the name of the program where there is no such
   * file.
   */
  private boolean isJvm(Optional<String> command) {
    Path maps = proc.resolve("maps");
    try {
      if (Files.exists(maps)) {
        return Files.readString(maps, StandardCharsets.ISO_8859_1).contains("/libjvm.so");
      }
    } catch (IOException unreadable) {
      // The name has to do.
    }
    return command
        .map(path -> Path.of(path).getFileName().toString())
        .filter(name -> List.of("java", "javaw", "java.exe", "javaw.exe").contains(name))
        .isPresent();
  }

  /** Whether the signal would be caught, as far as that can be seen. */
  boolean isReady() {
    try {
      for (String line : Files.readAllLines(proc.resolve("status"), StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("SigCgt:")) {
          return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & QUIT) != 0;
        }
      }
    } catch (IOException | NumberFormatException unknown) {
      // Another operating system.
    }
    return true;
  }

  /** The environment that the process was started with; empty where it cannot be seen. */
  Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    try {
      String all = Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1);
      for (String variable : all.split("\0", -1)) {
        int equals = variable.indexOf('=');
        if (equals > 0) {
          variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
      }
    } catch (IOException unreadable) {
      return Map.of();
    }
    return variables;
  }
}
