package io.tenantpool.observation.audit;

import io.tenantpool.config.AuditSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes lines from any thread without ever making it wait, and writes them on a thread of its own,
 * which also loads the library. What finds no room is lost, and counted. Without a file that can be
 * written there is no thread any more and nothing is taken.
 */
public final class AuditWriter implements AutoCloseable {

  /** The thread's name. */
  public static final String THREAD = "tenant-pool-audit";

  private static final long CLOSE_MILLIS = 1000;
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int LINGER_ROUNDS = 50;
  private static final int MOST_PROBLEMS = 100;

  /** What the writer has to say. Called by its thread. */
  public interface Listener {

    /** There is no audit any more, for its file cannot be opened or its library fails. */
    void gaveUp(Path file, Throwable failure);

    /** The file is open, but something about it does not work. */
    void problem(String message);

    /** Makes the line that tells the reader of the file that lines are missing before it. */
    String lost(long lines);
  }

  private final Path file;
  private final AuditSettings settings;
  private final int capacity;
  private final Listener listener;
  private final ConcurrentLinkedQueue<Supplier<String>> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread;
  private volatile boolean parked;
  private volatile boolean closing;
  private volatile boolean off;
  private long lostAndTold;

  /** To be started; keeps {@code capacity} lines at most. */
  public AuditWriter(Path file, AuditSettings settings, int capacity, Listener listener) {
    this.file = file;
    this.settings = settings;
    this.capacity = capacity;
    this.listener = listener;
    // No inheritable thread locals, and the agent's loader: nothing of an application stays here.
    thread = new Thread(null, this::run, THREAD, 0, false);
    thread.setContextClassLoader(AuditWriter.class.getClassLoader());
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Whether there is nobody to write a line. */
  public boolean isOff() {
    return off;
  }

  /** Takes a line, which the writer's thread will make. Never waits. */
  public void offer(Supplier<String> line) {
    if (off) {
      return;
    }
    if (size.get() >= capacity) {
      lost.incrementAndGet();
      return;
    }
    size.incrementAndGet();
    lines.add(line);
    if (parked) {
      parked = false;
      LockSupport.unpark(thread);
    }
  }

  /** Lines that found no room. */
  long lost() {
    return lost.get();
  }

  /** Writes what there is and ends; waits up to a second for that. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (RollingFile open = RollingFile.open(file, settings, problems())) {
      int idleRounds = 0;
      while (!closing) {
        idleRounds = write(open) ? 0 : idleRounds + 1;
        if (idleRounds <= LINGER_ROUNDS) {
          LockSupport.parkNanos(this, LINGER_NANOS);
        } else {
          parkUntilWoken();
        }
      }
      write(open);
    } catch (IOException | RuntimeException | Error failure) {
      listener.gaveUp(file, failure);
    } finally {
      off = true;
      lines.clear();
    }
  }

  /** Writes what there is; false when there was nothing. */
  private boolean write(RollingFile open) {
    boolean written = false;
    for (Supplier<String> line = lines.poll(); line != null; line = lines.poll()) {
      size.decrementAndGet();
      open.write(line.get());
      written = true;
    }
    long now = lost.get();
    if (now != lostAndTold) {
      open.write(listener.lost(now - lostAndTold));
      lostAndTold = now;
    }
    return written;
  }

  private void parkUntilWoken() {
    parked = true;
    // Looked at again after the flag is up: whoever brought a line before that did not unpark.
    if (lines.isEmpty() && !closing) {
      LockSupport.park(this);
    }
    parked = false;
  }

  /** Each one is told once: a file that cannot be renamed has several with every line. */
  private Consumer<String> problems() {
    Set<String> told = new HashSet<>();
    return message -> {
      if (told.size() < MOST_PROBLEMS && told.add(message)) {
        listener.problem(message);
      }
    };
  }
}
