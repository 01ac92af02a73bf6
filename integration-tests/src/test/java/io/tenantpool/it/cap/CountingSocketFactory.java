package io.tenantpool.it.cap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Gives PostgreSQL's driver its sockets ({@code socketFactory} in the URL) and counts them:
 * exactly, at every instant, from before the connect until after the close.
 */
public final class CountingSocketFactory extends SocketFactory {

  /** Sockets that are open now. */
  public static final AtomicInteger OPEN = new AtomicInteger();

  /** The most that were open at once. */
  public static final AtomicInteger PEAK = new AtomicInteger();

  /** All that were ever opened. */
  public static final AtomicLong CREATED = new AtomicLong();

  /** For the driver, which makes one per connection. */
  public CountingSocketFactory() {}

  @Override
  public Socket createSocket() {
    return new CountedSocket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("the driver connects by itself");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException("the driver connects by itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("the driver connects by itself");
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw new UnsupportedOperationException("the driver connects by itself");
  }

  private static final class CountedSocket extends Socket {

    private final AtomicBoolean open = new AtomicBoolean(true);

    CountedSocket() {
      CREATED.incrementAndGet();
      PEAK.accumulateAndGet(OPEN.incrementAndGet(), Math::max);
    }

    @Override
    public synchronized void close() throws IOException {
      try {
        super.close();
      } finally {
        if (open.compareAndSet(true, false)) {
          OPEN.decrementAndGet();
        }
      }
    }
  }
}
