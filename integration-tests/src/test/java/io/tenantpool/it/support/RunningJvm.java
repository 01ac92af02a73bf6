package io.tenantpool.it.support;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A child JVM that runs. Closing it kills it, should it still live. */
public final class RunningJvm implements AutoCloseable {

  private final Process process;
  private final long deadlineNanos;
  private final BufferedWriter in;
  private final Lines out = new Lines();
  private final Lines err = new Lines();
  private final List<Thread> readers = new ArrayList<>();

  RunningJvm(Process process, Duration limit) {
    this.process = process;
    this.deadlineNanos = System.nanoTime() + limit.toNanos();
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    readers.add(out.readFrom(process.getInputStream(), "child-out"));
    readers.add(err.readFrom(process.getErrorStream(), "child-err"));
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What the child printed so far. */
  public List<String> out() {
    return out.all();
  }

  /** What the child printed on standard error so far. */
  public List<String> err() {
    return err.all();
  }

  /** Writes a line to the child's standard input. */
  public void send(String line) {
    try {
      in.write(line);
      in.newLine();
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the child no longer listens\n" + described(), e);
    }
  }

  /**
   * Waits for a line on standard output that no earlier call has returned.
   *
   * @throws AssertionError when the child ends or its time is over before that
   */
  public String awaitLine(Predicate<String> wanted) {
    return await(out, wanted);
  }

  /** As {@link #awaitLine(Predicate)}, on standard error. */
  public String awaitErrorLine(Predicate<String> wanted) {
    return await(err, wanted);
  }

  private String await(Lines lines, Predicate<String> wanted) {
    String line = lines.await(wanted, deadlineNanos);
    if (line == null) {
      throw new AssertionError("the line that was waited for did not come\n" + described());
    }
    return line;
  }

  /** Waits for a line that starts with {@code prefix}; returns the rest of it. */
  public String awaitLine(String prefix) {
    return awaitLine(line -> line.startsWith(prefix)).substring(prefix.length());
  }

  /**
   * Waits for the child's end.
   *
   * @throws AssertionError when its time is over before that
   */
  public ChildJvm.Outcome awaitExit() {
    try {
      if (!process.waitFor(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("the child still runs after its time limit\n" + described());
      }
      for (Thread reader : readers) {
        reader.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a child", e);
    }
    return new ChildJvm.Outcome(process.exitValue(), out(), err());
  }

  /** Waits until a killed child is gone. */
  public void awaitDeath() {
    process.onExit().join();
  }

  private String described() {
    return "--- stdout\n" + String.join("\n", out()) + "\n--- stderr\n" + String.join("\n", err());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The lines of one stream, as they come. */
  private static final class Lines {

    private final List<String> lines = new ArrayList<>();
    private int returned;
    private boolean ended;

    Thread readFrom(InputStream stream, String name) {
      Thread thread = new Thread(() -> read(stream), name);
      thread.setDaemon(true);
      thread.start();
      return thread;
    }

    private void read(InputStream stream) {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        add("(the stream broke: " + e.getMessage() + ")");
      }
      end();
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    synchronized List<String> all() {
      return List.copyOf(lines);
    }

    synchronized @Nullable String await(Predicate<String> wanted, long deadlineNanos) {
      while (true) {
        while (returned < lines.size()) {
          String line = lines.get(returned++);
          if (wanted.test(line)) {
            return line;
          }
        }
        long left = deadlineNanos - System.nanoTime();
        if (ended || left <= 0) {
          return null;
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return null;
        }
      }
    }
  }
}
