package io.tenantpool.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor time of processes, from Linux's {@code /proc/PID/stat}; NaN elsewhere. Linux counts
 * in hundredths of a second there, whatever the kernel's own clock.
 */
final class ProcessorTime {

  private static final double TICKS_PER_SECOND = 100;

  /** Places of utime, stime, cutime and cstime after the name, which may contain blanks. */
  private static final int FIRST = 11;

  private static final int LAST = 14;

  private ProcessorTime() {}

  /**
   * Seconds of this process, of its children that have ended, and of those that live. A server's
   * backends are such children.
   */
  static double ofTree(ProcessHandle process) {
    double seconds = seconds(process.pid());
    for (ProcessHandle each : process.descendants().toList()) {
      double more = seconds(each.pid());
      // One that has ended since is in its parent's.
      seconds += Double.isNaN(more) ? 0 : more;
    }
    return seconds;
  }

  private static double seconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double ticks = 0;
      for (int i = FIRST; i <= LAST; i++) {
        ticks += Double.parseDouble(fields[i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
