package io.tenantpool.it.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes on their way to one socket, each of them due at its time. Belongs to one thread. */
final class Flow {

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private boolean heldBack;
  private long lastDueNanos = Long.MIN_VALUE;

  private record Piece(ByteBuffer bytes, long dueNanos) {}

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** Nothing of it arrives while it is held back. */
  void holdBack(boolean hold) {
    heldBack = hold;
  }

  void add(byte[] bytes, long dueNanos) {
    // Nothing overtakes what is on its way.
    lastDueNanos = Math.max(lastDueNanos, dueNanos);
    pieces.add(new Piece(ByteBuffer.wrap(bytes), lastDueNanos));
  }

  /** One byte after the other, with this time between them. */
  void addSlowly(byte[] bytes, long nowNanos, long betweenNanos) {
    for (byte each : bytes) {
      add(new byte[] {each}, Math.max(lastDueNanos, nowNanos) + betweenNanos);
    }
  }

  /** Sends what is due, as far as the socket takes it. */
  void send(SocketChannel to, long nowNanos) throws IOException {
    while (!heldBack && !pieces.isEmpty() && pieces.peek().dueNanos() <= nowNanos) {
      ByteBuffer bytes = pieces.peek().bytes();
      to.write(bytes);
      if (bytes.hasRemaining()) {
        return;
      }
      pieces.remove();
    }
  }

  /** When {@link #send} has something to do again; far away when there is nothing. */
  long dueNanos() {
    return heldBack || pieces.isEmpty() ? Long.MAX_VALUE : pieces.peek().dueNanos();
  }
}
