package io.tenantpool.it.support;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client through a {@link FaultProxy}, and the one that leads on to the server.
 * Belongs to the proxy's thread. Everything that arrives is read at once, whatever becomes of it,
 * so that the end of a connection is seen when it comes.
 */
final class Link {

  private static final int BUFFER = 16_384;
  private static final long BETWEEN_BYTES_NANOS = 1_000_000;
  private static final byte[] NO_ENCRYPTION = {'N'};

  /** Less than the head of a message, which is five. */
  private static final int BYTES_OF_A_CUT_ANSWER = 3;

  /** ReadyForQuery, outside of a transaction. */
  private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};

  private final SocketChannel client;
  private final InetSocketAddress target;
  private final Selector selector;
  private final Function<String, Weather> weatherOf;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final Startup startup = new Startup();
  private final Flow toServer = new Flow();
  private final Flow toClient = new Flow();
  private @Nullable SocketChannel server;
  private Weather weather = Weather.FINE;
  private Fault fault = Fault.NONE;
  private String database = "";
  private boolean started;
  private boolean loggedIn;
  private boolean endsWhenSent;
  private boolean over;

  Link(
      SocketChannel client,
      InetSocketAddress target,
      Selector selector,
      Function<String, Weather> weatherOf)
      throws IOException {
    this.client = client;
    this.target = target;
    this.selector = selector;
    this.weatherOf = weatherOf;
    join(client);
  }

  private void join(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Whether the client has begun to say what it wants. */
  boolean hasBegun() {
    return startup.hasBegun();
  }

  /** Whether it carries a session, and not the wish to cancel what one does. */
  boolean isSession() {
    return !startup.cancels();
  }

  String database() {
    return database;
  }

  boolean isOver() {
    return over;
  }

  /** Meets another weather, as one that is open. */
  void meet(Weather next) {
    if (!started) {
      if (next.open() == Fault.RESET) {
        reset();
      }
      return;
    }
    if (!fault.isForGood() || next.open().isTheEnd()) {
      weather = next;
      meet(next.open());
    }
  }

  private void meet(Fault next) {
    fault = next;
    toServer.holdBack(next == Fault.HOLD_BACK);
    toClient.holdBack(next == Fault.HOLD_BACK);
    try {
      switch (next) {
        case RESET -> reset();
        case CLOSE -> end();
        case HALF_OPEN -> forgetServer();
        case HALF_CLOSE -> {
          forgetServer();
          client.shutdownOutput();
        }
        case REFUSE -> {
          forgetServer();
          toClient.add(weather.refusal(), 0);
          endsWhenSent = true;
        }
        default -> {}
      }
    } catch (IOException e) {
      end();
    }
  }

  /** Reads all that has come from this side. */
  void read(SocketChannel from, long nowNanos) {
    boolean isClient = from == client;
    try {
      while (!over && from.isOpen()) {
        buffer.clear();
        int count = from.read(buffer);
        if (count == 0) {
          return;
        }
        byte[] bytes = count < 0 ? null : Arrays.copyOf(buffer.array(), count);
        if (isClient) {
          fromClient(bytes);
        } else {
          fromServer(bytes, nowNanos);
        }
      }
    } catch (IOException e) {
      // It was reset; the other side is told in the same way.
      if (isClient) {
        end();
      } else if (fault.isForGood()) {
        forgetServer();
      } else {
        reset();
      }
    }
  }

  /** Null is the end. */
  private void fromClient(byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      toServer.holdBack(false);
      SocketChannel to = server;
      if (to != null) {
        toServer.send(to, Long.MAX_VALUE);
      }
      end();
    } else if (!started) {
      startup.add(bytes);
      if (startup.asksForEncryption()) {
        startup.forget();
        toClient.add(NO_ENCRYPTION, 0);
      }
      start();
    } else if (fault == Fault.HALF_OPEN) {
      reset();
    } else if (forwards()) {
      toServer.add(bytes, 0);
    }
  }

  private boolean forwards() {
    return switch (fault) {
      case SWALLOW, HALF_CLOSE, REFUSE, CLOSE, RESET -> false;
      default -> true;
    };
  }

  /** Leads on to the server, as soon as it is clear for which database. */
  private void start() {
    if (!startup.isComplete()) {
      return;
    }
    started = true;
    database = startup.database();
    weather = weatherOf.apply(database);
    try {
      if (weather.fresh() != Fault.SWALLOW) {
        SocketChannel to = SocketChannel.open(target);
        server = to;
        join(to);
        toServer.add(startup.bytes(), 0);
      }
      meet(weather.fresh());
    } catch (IOException e) {
      reset();
    }
  }

  private void fromServer(byte @Nullable [] bytes, long nowNanos) {
    if (bytes == null) {
      forgetServer();
      endsWhenSent |= !fault.isForGood();
      return;
    }
    switch (fault) {
      case NONE, HOLD_BACK -> toClient.add(bytes, 0);
      case LATE -> toClient.add(bytes, nowNanos + weather.lateNanos());
      case ONE_BYTE_AT_A_TIME -> toClient.addSlowly(bytes, nowNanos, BETWEEN_BYTES_NANOS);
      case SWALLOW_AFTER_FIRST_ANSWER -> {
        toClient.add(bytes, 0);
        fault = Fault.SWALLOW;
      }
      case CUT_ANSWER -> {
        if (loggedIn) {
          toClient.add(Arrays.copyOf(bytes, BYTES_OF_A_CUT_ANSWER), 0);
          send(nowNanos);
          reset();
        } else {
          toClient.add(bytes, 0);
        }
      }
      default -> {}
    }
    loggedIn |= endsWith(bytes, READY);
  }

  private static boolean endsWith(byte[] bytes, byte[] end) {
    int from = bytes.length - end.length;
    return from >= 0 && Arrays.equals(bytes, from, bytes.length, end, 0, end.length);
  }

  /** Sends what is due. */
  void send(long nowNanos) {
    try {
      SocketChannel to = server;
      if (to != null) {
        toServer.send(to, nowNanos);
      }
    } catch (IOException e) {
      forgetServer();
      endsWhenSent = true;
    }
    try {
      if (!over) {
        toClient.send(client, nowNanos);
      }
    } catch (IOException e) {
      end();
    }
    if (endsWhenSent && toClient.isEmpty()) {
      end();
    }
  }

  /** When {@link #send} has something to do. */
  long dueNanos() {
    return Math.min(toClient.dueNanos(), server == null ? Long.MAX_VALUE : toServer.dueNanos());
  }

  private void reset() {
    try {
      if (client.isOpen()) {
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // Then the client has closed it before.
      over = true;
    }
    end();
  }

  /** Closes both sides. */
  void end() {
    over = true;
    close(client);
    forgetServer();
  }

  private void forgetServer() {
    SocketChannel channel = server;
    server = null;
    if (channel != null) {
      close(channel);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
