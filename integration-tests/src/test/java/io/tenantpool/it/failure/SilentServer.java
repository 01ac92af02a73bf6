package io.tenantpool.it.failure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A port of this machine that behaves like a database server which does not answer. */
final class SilentServer implements AutoCloseable {

  /** How far it goes. */
  enum Kind {
    /** The network swallows what would open a connection. */
    NEVER_ACCEPTED,
    ACCEPTED,
    /** It refuses encryption, reads the start-up packet, and says nothing to it. */
    AFTER_START_UP,
    /** It lets in, and reports its parameters for ever. */
    BYTE_BY_BYTE
  }

  private static final int FILL_MILLIS = 200;
  private static final int MOST_TO_FILL = 20;
  private static final long BETWEEN_BYTES_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Kind kind;
  private final ServerSocket listener;
  private final List<Socket> filling = new ArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  SilentServer(Kind kind) throws IOException {
    this.kind = kind;
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    if (kind == Kind.NEVER_ACCEPTED) {
      fill();
    } else {
      daemon(this::accept);
    }
  }

  /** Whoever connects after that finds the queue of those that nobody has accepted full. */
  private void fill() throws IOException {
    for (int i = 0; i < MOST_TO_FILL; i++) {
      Socket socket = new Socket();
      filling.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), FILL_MILLIS);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new IOException("the queue is never full");
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = listener.accept();
      open.add(socket);
      daemon(
          () -> {
            try (socket) {
              serve(socket);
            } finally {
              open.remove(socket);
            }
          });
    }
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    byte[] buffer = new byte[8192];
    if (kind != Kind.ACCEPTED) {
      int length = in.read(buffer);
      boolean asksForEncryption = length == 8;
      if (asksForEncryption) {
        out.write('N');
        length = in.read(buffer);
      }
      if (kind == Kind.BYTE_BY_BYTE && length > 0) {
        // AuthenticationOk, then ParameterStatus a=b without end.
        out.write(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 0});
        while (true) {
          for (byte one : new byte[] {'S', 0, 0, 0, 8, 'a', 0, 'b', 0}) {
            out.write(one);
            LockSupport.parkNanos(BETWEEN_BYTES_NANOS);
          }
        }
      }
    }
    int last = in.read(buffer);
    while (last >= 0) {
      last = in.read(buffer);
    }
  }

  private interface Traffic {
    void run() throws IOException;
  }

  private static void daemon(Traffic traffic) {
    Thread thread =
        new Thread(
            () -> {
              try {
                traffic.run();
              } catch (IOException ended) {
                // With its socket.
                return;
              }
            },
            "silent server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : filling) {
      socket.close();
    }
    for (Socket socket : open) {
      socket.close();
    }
  }
}
