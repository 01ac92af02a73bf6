package io.tenantpool.connection;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One connect that a driver has under way for the agent, and the sockets that it has made for it.
 * Another thread may {@linkplain #end end} it: the sockets are closed under the driver, and those
 * that it makes afterwards, for another host or without encryption, as soon as they are made.
 *
 * <p>Once {@link #isWell} has said so no socket is closed any more, and after {@link #failed} none
 * is open: the permit of the connect may go to somebody else.
 */
public final class Connecting {

  /**
   * Inherited by the threads that a driver starts meanwhile: with a login timeout pgjdbc connects
   * on a thread of its own, which it leaves behind with its socket when the time is up.
   */
  private static final ThreadLocal<Connecting> UNDER_WAY = new InheritableThreadLocal<>();

  /** So pgjdbc calls that thread; others, such as its timer, inherit by chance and for ever. */
  private static final String CONNECT_THREAD = "PostgreSQL JDBC driver connection thread";

  private final long thread = Thread.currentThread().getId();

  /** Null once the connect is over and well, for a thread may have inherited this for ever. */
  private @Nullable List<Socket> sockets = new ArrayList<>(1);

  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean ended;
  private boolean over;
  private boolean inVain;

  /** A connect of the calling thread that has not begun. */
  public Connecting() {}

  /** A driver has made a socket on the calling thread. */
  public static void made(Socket socket) {
    Connecting connect = UNDER_WAY.get();
    Thread maker = Thread.currentThread();
    if (connect != null
        && (connect.thread == maker.getId() || maker.getName().equals(CONNECT_THREAD))) {
      connect.add(socket);
    }
  }

  /**
   * Connects, on the calling thread.
   *
   * @throws SQLException what the driver threw
   */
  public PhysicalConnection open(PhysicalOpener opener) throws SQLException {
    Connecting outer = UNDER_WAY.get();
    UNDER_WAY.set(this);
    try {
      return opener.open();
    } finally {
      if (outer == null) {
        UNDER_WAY.remove();
      } else {
        UNDER_WAY.set(outer);
      }
    }
  }

  private void add(Socket socket) {
    boolean late;
    synchronized (this) {
      if (sockets != null) {
        sockets.add(socket);
      }
      late = ended || inVain;
    }
    if (late) {
      close(socket);
    }
  }

  /** Ends it, on any thread; false when it is over or was ended before. */
  public boolean end() {
    synchronized (this) {
      if (over || ended) {
        return false;
      }
      ended = true;
    }
    try {
      closeSockets();
    } finally {
      closed.countDown();
    }
    return true;
  }

  /**
   * The driver has come back with a connection. Returns whether the connect was not ended before
   * that; else the connection is of no use.
   */
  public boolean isWell() {
    synchronized (this) {
      over = true;
      if (!ended) {
        sockets = null;
        return true;
      }
    }
    return false;
  }

  /**
   * The driver has come back with nothing, or with what is of no use. Returns when no socket is
   * open: a driver that fails may leave one behind, or a thread that makes another one.
   *
   * @return whether the connect was ended before that
   */
  public boolean failed() {
    boolean wasEnded;
    synchronized (this) {
      over = true;
      inVain = true;
      wasEnded = ended;
    }
    closeSockets();
    if (wasEnded) {
      awaitClosed();
    }
    synchronized (this) {
      sockets = null;
    }
    return wasEnded;
  }

  private void awaitClosed() {
    boolean interrupted = false;
    while (true) {
      try {
        closed.await();
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeSockets() {
    List<Socket> all;
    synchronized (this) {
      all = sockets == null ? List.of() : List.copyOf(sockets);
    }
    all.forEach(Connecting::close);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException | RuntimeException lost) {
      // As closed as it can be.
      return;
    }
  }

  /** Whether it is known which sockets it has; not once it is well. */
  public synchronized boolean hasSocket() {
    return sockets != null && !sockets.isEmpty();
  }

  /** What the newest of its sockets is connected to; null while nobody has accepted it. */
  public @Nullable SocketAddress accepted() {
    Socket newest;
    synchronized (this) {
      newest = sockets == null || sockets.isEmpty() ? null : sockets.get(sockets.size() - 1);
    }
    return newest == null ? null : newest.getRemoteSocketAddress();
  }
}
