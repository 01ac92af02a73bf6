package io.tenantpool.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Lets the program run on, so that one can look at it. */
final class KeepRunning {

  private static final Duration GLANCE = Duration.ofMillis(500);

  private KeepRunning() {}

  /**
   * Says how to look at the program and waits for Enter; for Ctrl-C where there is no input.
   *
   * @throws IllegalStateException when the program ends before
   */
  static void untilEnter(ChildProgram program, PrintStream out) throws InterruptedException {
    out.println();
    out.println("  The program keeps running with the agent. Look at it with");
    out.println();
    out.println("    " + jconsole() + " " + program.pid());
    out.println();
    out.println("  Tab MBeans, io.tenantpool. Enter or Ctrl-C ends the program and the demo.");
    out.println();
    CountDownLatch enter = new CountDownLatch(1);
    Thread reader = new Thread(() -> awaitEnter(enter), "wait-for-enter");
    reader.setDaemon(true);
    reader.start();
    while (enter.getCount() > 0) {
      program.run(GLANCE);
    }
  }

  private static void awaitEnter(CountDownLatch enter) {
    try {
      if (System.in.read() >= 0) {
        enter.countDown();
      }
    } catch (IOException e) {
      System.err.println("Enter cannot be read, Ctrl-C works: " + e);
    }
  }

  private static String jconsole() {
    Path ownJdk = Path.of(System.getProperty("java.home"), "bin", "jconsole");
    return Files.exists(ownJdk) ? ownJdk.toString() : "jconsole";
  }
}
