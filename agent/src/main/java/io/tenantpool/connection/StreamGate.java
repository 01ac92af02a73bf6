package io.tenantpool.connection;

import java.io.IOException;

/** What the streams of one lease go through: calls of the session while that lease lasts. */
record StreamGate(LogicalConnection session, Binding binding) {

  boolean isOpen() {
    return session.isBoundTo(binding);
  }

  <T> T stream(LogicalConnection.StreamCall<T> call) throws IOException {
    return session.stream(binding, call);
  }
}
