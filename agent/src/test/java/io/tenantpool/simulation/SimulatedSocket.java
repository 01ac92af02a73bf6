package io.tenantpool.simulation;

import java.net.Socket;

/** The socket that a simulated driver makes for a connect; nothing but whether it is closed. */
final class SimulatedSocket extends Socket {

  private boolean closed;

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}
