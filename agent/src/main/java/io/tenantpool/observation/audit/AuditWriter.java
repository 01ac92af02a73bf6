package io.tenantpool.observation.audit;

import io.tenantpool.config.AuditSettings;
import io.tenantpool.upkeep.AgentThread;
import io.tenantpool.upkeep.AgentThreads;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Inbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
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
  private final Listener listener;
  private final AgentThreads threads;
  private final AgentThread thread;
  private final Inbox<Supplier<String>> lines;
  private final AtomicLong lost = new AtomicLong();
  private volatile boolean closing;
  private volatile boolean off;

  // The thread's own, the next one's if it dies.
  private @Nullable RollingFile open;
  private int idleRounds;
  private long lostAndTold;

  /** To be started; {@code capacity} lines at most can wait. */
  public AuditWriter(
      Path file, AuditSettings settings, int capacity, Listener listener, AgentThreads threads) {
    this.file = file;
    this.settings = settings;
    this.listener = listener;
    this.threads = threads;
    this.lines = new Inbox<>(capacity);
    this.thread = threads.thread(THREAD, this::round);
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
    if (!lines.offer(line)) {
      lost.incrementAndGet();
    }
  }

  /** Lines that found no room. */
  long lost() {
    return lost.get();
  }

  /** Has what there is written and the thread end. */
  public void end() {
    closing = true;
    thread.hurry();
  }

  /** The same, and waits up to a second for that. */
  @Override
  public void close() {
    end();
    thread.join(CLOSE_MILLIS);
  }

  private boolean round() {
    RollingFile file = open;
    if (file == null) {
      file = opened();
      if (file == null) {
        giveUp();
        return false;
      }
      open = file;
    }
    boolean last = closing;
    idleRounds = write(file) ? 0 : idleRounds + 1;
    if (last) {
      file.close();
      giveUp();
      return false;
    }
    if (idleRounds <= LINGER_ROUNDS) {
      LockSupport.parkNanos(this, LINGER_NANOS);
    } else {
      lines.await(WAIT_NANOS);
    }
    return true;
  }

  /** The file; null when there will be none. */
  private @Nullable RollingFile opened() {
    try {
      return RollingFile.open(file, settings, problems());
    } catch (IOException | RuntimeException | LinkageError failure) {
      listener.gaveUp(file, failure);
      return null;
    }
  }

  private void giveUp() {
    off = true;
    while (lines.poll() != null) {
      // Nobody will write it.
    }
  }

  /**
   * Writes what there is; false when there was nothing. A line that cannot be written is missing,
   * and the file says so as soon as it can be.
   */
  private boolean write(RollingFile open) {
    boolean written = false;
    try {
      for (Supplier<String> line = lines.poll(); line != null; line = lines.poll()) {
        writeOrLose(open, line);
        written = true;
      }
      long now = lost.get();
      if (now != lostAndTold) {
        open.write(listener.lost(now - lostAndTold));
        lostAndTold = now;
      }
    } catch (Throwable failure) {
      threads.faults().report(FaultKind.AUDIT, "a line of the audit could not be written", failure);
      return false;
    }
    return written;
  }

  private void writeOrLose(RollingFile open, Supplier<String> line) {
    boolean written = false;
    try {
      open.write(line.get());
      written = true;
    } finally {
      if (!written) {
        lost.incrementAndGet();
      }
    }
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
