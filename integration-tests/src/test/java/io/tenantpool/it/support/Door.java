package io.tenantpool.it.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port of a {@link FaultProxy}, on loopback. It can be open; shut, so that connects are
 * refused; or blocked, so that they are not answered at all. Belongs to the proxy's thread.
 */
final class Door implements AutoCloseable {

  private static final int BACKLOG = 500;

  /** Linux lets one more in than that, and drops whatever comes then. */
  private static final int SMALLEST_BACKLOG = 1;

  private static final int MORE_THAN_THE_BACKLOG = 3;

  /** What becomes of who connects. */
  enum Standing {
    OPEN,
    SHUT,
    BLOCKED
  }

  private final Selector selector;
  private final List<SocketChannel> blocking = new ArrayList<>();
  private final int port;
  private @Nullable ServerSocketChannel listener;

  Door(Selector selector) throws IOException {
    this.selector = selector;
    ServerSocketChannel channel = listen(0, BACKLOG);
    port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    channel.register(selector, SelectionKey.OP_ACCEPT);
  }

  int port() {
    return port;
  }

  private ServerSocketChannel listen(int wanted, int backlog) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), backlog);
    channel.configureBlocking(false);
    listener = channel;
    return channel;
  }

  boolean isOpen() {
    return listener != null && blocking.isEmpty();
  }

  void stand(Standing standing) throws IOException {
    switch (standing) {
      case OPEN -> open();
      case SHUT -> shut();
      case BLOCKED -> block();
    }
  }

  /** Connects are accepted. */
  private void open() throws IOException {
    if (!isOpen()) {
      shut();
      listen(port, BACKLOG).register(selector, SelectionKey.OP_ACCEPT);
    }
  }

  /** Connects are refused. */
  private void shut() throws IOException {
    for (SocketChannel each : blocking) {
      each.close();
    }
    blocking.clear();
    ServerSocketChannel channel = listener;
    listener = null;
    if (channel != null) {
      channel.close();
      // Only now is the port free: a selector keeps what it knows until it looks again.
      selector.selectNow();
    }
  }

  /** Connects get no answer. */
  private void block() throws IOException {
    shut();
    listen(port, SMALLEST_BACKLOG);
    for (int i = 0; i < MORE_THAN_THE_BACKLOG; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      blocking.add(channel);
    }
  }

  /** The next who stands before it, if there is one. */
  @Nullable SocketChannel next() throws IOException {
    ServerSocketChannel channel = listener;
    return channel == null ? null : channel.accept();
  }

  @Override
  public void close() throws IOException {
    shut();
  }
}
