package io.tenantpool.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Prints how a run gets on, a line for each second. */
final class Progress {

  private final String title;
  private final IntSupplier connections;
  private final PrintStream out;
  private double lastSeconds;
  private long lastUnits;
  private volatile double pause = 0.5;

  Progress(String title, IntSupplier connections, PrintStream out) {
    this.title = title;
    this.connections = connections;
    this.out = out;
  }

  /** From now on a line every ten seconds will do. */
  void slowDown() {
    pause = 9.5;
  }

  void show(ProgramFigures figures) {
    double seconds = figures.seconds() - lastSeconds;
    if (seconds < pause) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "  %-14s %4.0f s %,8.0f units/s %,6d failures %4d connections%n",
        title,
        figures.seconds(),
        (figures.units() - lastUnits) / seconds,
        figures.failures(),
        connections.getAsInt());
    lastSeconds = figures.seconds();
    lastUnits = figures.units();
  }
}
