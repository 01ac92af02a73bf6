package io.tenantpool.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port on this machine behind which a server seems to be that can go away and come back, while
 * the real one stays where it is. Its threads are daemons.
 */
public final class Forwarder implements AutoCloseable {

  private static final int BACKLOG = 200;
  private static final int BUFFER = 8192;

  private final String host;
  private final int target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listener;

  /** Something that ends with its socket. */
  private interface Traffic {
    void run() throws IOException;
  }

  /** Leads to that server from now on. */
  public Forwarder(String host, int target) {
    this.host = host;
    this.target = target;
    this.listener = listenAt(0);
    this.port = listener.getLocalPort();
  }

  public int port() {
    return port;
  }

  /** Resets every connection that is open. */
  public void cut() {
    for (Socket socket : open) {
      open.remove(socket);
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        // Then it is closed already.
        continue;
      }
    }
  }

  /** Resets every connection that is open, and refuses those that come, until {@link #comeBack}. */
  public void goAway() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  /** Leads to the server again. */
  public void comeBack() {
    listener = listenAt(port);
  }

  @Override
  public void close() {
    goAway();
  }

  private ServerSocket listenAt(int wanted) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
      daemon(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket at) throws IOException {
    while (true) {
      Socket client = at.accept();
      open.add(client);
      Socket server = new Socket(host, target);
      open.add(server);
      if (at.isClosed()) {
        // It came while the others were being reset.
        cut();
      }
      daemon(() -> pump(client, server));
      daemon(() -> pump(server, client));
    }
  }

  private void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void daemon(Traffic traffic) {
    Thread thread =
        new Thread(
            () -> {
              try {
                traffic.run();
              } catch (IOException e) {
                // It has ended, by the will of either side or of the test.
                return;
              }
            },
            "forwarder");
    thread.setDaemon(true);
    thread.start();
  }
}
