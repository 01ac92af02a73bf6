package io.tenantpool.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What must not outlive the demo, on whatever way it ends: closed once, the last one first. */
final class Leftovers implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeAll, "demo-shutdown");
  private boolean closed;

  Leftovers() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Takes charge of {@code resource}.
   *
   * @throws IllegalStateException when the demo is ending; the resource is closed then
   */
  <T extends AutoCloseable> T add(T resource) {
    synchronized (this) {
      if (!closed) {
        open.push(resource);
        return resource;
      }
    }
    close(resource);
    throw new IllegalStateException("The demo is ending");
  }

  /** Whether the JVM is shutting down, as it does after Ctrl-C. */
  boolean jvmIsEnding() {
    try {
      // Refused from the moment at which the JVM begins to shut down.
      Runtime.getRuntime().removeShutdownHook(hook);
      Runtime.getRuntime().addShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Override
  public void close() {
    closeAll();
    if (!jvmIsEnding()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private synchronized void closeAll() {
    closed = true;
    for (@Nullable AutoCloseable next = open.poll(); next != null; next = open.poll()) {
      close(next);
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.err.println("At the end of the demo: " + e);
    }
  }
}
