package io.tenantpool.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * The screen that {@code top} draws on. On a terminal each frame replaces the one before, and a key
 * counts without Enter; elsewhere the frames follow each other as plain text.
 */
final class Terminal implements AutoCloseable {

  /** Another screen, no cursor, and lines that are too long end at the edge. */
  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";

  private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";
  private static final int PLAIN_ROWS = 24;

  private final PrintStream out;
  private final String savedState;
  private boolean entered;

  private Terminal(PrintStream out, String savedState) {
    this.out = out;
    this.savedState = savedState;
  }

  /** Takes over the terminal, if there is one; it is given back when the JVM ends, too. */
  static Terminal on(PrintStream out) {
    Terminal terminal = new Terminal(out, Stty.isOutput() ? Stty.state() : "");
    if (terminal.isLive()) {
      Runtime.getRuntime().addShutdownHook(new Thread(terminal::close, "terminal"));
      terminal.enter();
    }
    return terminal;
  }

  boolean isLive() {
    return !savedState.isEmpty();
  }

  private synchronized void enter() {
    entered = true;
    Stty.keyByKey();
    out.print(ENTER);
  }

  /** How many lines a frame may have. */
  int rows() {
    return isLive() ? Stty.rows().orElse(PLAIN_ROWS) : PLAIN_ROWS;
  }

  void draw(List<String> lines) {
    out.print(isLive() ? frame(lines) : String.join("\n", lines) + "\n\n");
    out.flush();
  }

  /** No line feed at the end: on a full screen that would scroll. */
  static String frame(List<String> lines) {
    return HOME + String.join(REST_OF_LINE + "\n", lines) + REST_OF_LINE + REST_OF_SCREEN;
  }

  @Override
  public synchronized void close() {
    if (entered) {
      entered = false;
      out.print(LEAVE);
      out.flush();
      Stty.restore(savedState);
    }
  }
}
