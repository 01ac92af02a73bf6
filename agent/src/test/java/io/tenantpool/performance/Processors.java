package io.tenantpool.performance;

import java.io.IOException;

/**
 * The processors that this process and those that it starts may use, where {@code taskset} can say
 * so. A client and a server that wait for each other need one only, and where the system moves them
 * about, a question takes half or twice its time.
 */
final class Processors {

  private Processors() {}

  static void useOne() throws IOException, InterruptedException {
    use("0");
  }

  static void useAll() throws IOException, InterruptedException {
    use("0-1023");
  }

  private static void use(String list) throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    try {
      int exitCode =
          new ProcessBuilder("taskset", "--all-tasks", "--cpu-list", "--pid", list, pid)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (exitCode != 0) {
        System.out.println("taskset cannot choose the processors " + list + ": " + exitCode);
      }
    } catch (IOException e) {
      System.out.println("without taskset, so on all processors: " + e.getMessage());
    }
  }
}
