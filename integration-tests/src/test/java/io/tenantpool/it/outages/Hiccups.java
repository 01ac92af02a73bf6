package io.tenantpool.it.outages;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How late this machine wakes a thread, and how long the server behind all proxies takes to answer
 * whoever connects to it: what a measured time is longer for no fault of what is measured.
 */
final class Hiccups {

  private static final long PAUSE_NANOS = 2_000_000;
  private static final long BETWEEN_QUESTIONS_NANOS = 50_000_000;
  private static final int LONGEST_MILLIS = 10_000;

  /** SSLRequest (PostgreSQL, "Message Formats"): length and code. A byte answers it. */
  private static final byte[] QUESTION = ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();

  private final InetSocketAddress server;
  private volatile long longestNanos;
  private volatile long slowestNanos;
  private volatile boolean over;

  private Hiccups(InetSocketAddress server) {
    this.server = server;
  }

  /** From now on. */
  static Hiccups watched(InetSocketAddress server) {
    Hiccups hiccups = new Hiccups(server);
    start(hiccups::sleep, "hiccups");
    start(hiccups::ask, "hiccups of the server");
    return hiccups;
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void sleep() {
    while (!over) {
      long before = System.nanoTime();
      LockSupport.parkNanos(PAUSE_NANOS);
      longestNanos = Math.max(longestNanos, System.nanoTime() - before - PAUSE_NANOS);
    }
  }

  private void ask() {
    while (!over) {
      long before = System.nanoTime();
      try (Socket socket = new Socket()) {
        socket.setSoTimeout(LONGEST_MILLIS);
        socket.connect(server, LONGEST_MILLIS);
        socket.getOutputStream().write(QUESTION);
        socket.getInputStream().read();
      } catch (IOException e) {
        // It took until then.
      }
      slowestNanos = Math.max(slowestNanos, System.nanoTime() - before);
      LockSupport.parkNanos(BETWEEN_QUESTIONS_NANOS);
    }
  }

  /** The longest until now; it is no longer watched. */
  long longestMillis() {
    over = true;
    return TimeUnit.NANOSECONDS.toMillis(Math.max(longestNanos, slowestNanos));
  }
}
