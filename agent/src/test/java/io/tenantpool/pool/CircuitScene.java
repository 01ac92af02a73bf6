package io.tenantpool.pool;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;

/** Connects that fail, and what the waiting threads of a {@link PoolScene} make of that. */
final class CircuitScene {

  /** Longer than any pause of a circuit. */
  static final long PAUSE_MILLIS = 500;

  private CircuitScene() {}

  static SQLException refused() {
    return new SQLException(
        "Connection to db:5432 refused", "08001", 7, new ConnectException("Connection refused"));
  }

  static SQLException silent() {
    return new SQLException("no answer", "08006", new SocketTimeoutException("Read timed out"));
  }

  static SQLException unknownDatabase() {
    return new SQLException("database \"a\" does not exist", "3D000");
  }

  static SQLException startingUp() {
    return new SQLException("the database system is starting up", "57P03");
  }

  /** A connect that fails so. */
  interface Failure {
    SQLException now();
  }

  /** From now on every connect fails so. */
  static void fails(PoolScene scene, Failure failure) {
    scene.server.onOpen =
        () -> {
          throw failure.now();
        };
  }

  /** The circuit opens: as many connects as that takes fail, one after the other. */
  static void open(PoolScene scene, String tenant, Failure failure) {
    fails(scene, failure);
    for (int i = 0; i < ConnectGate.THRESHOLD; i++) {
      try {
        scene.borrow(tenant).end();
        throw new AssertionError("a connect that should fail");
      } catch (SQLException expected) {
        // As often as it takes.
      }
    }
  }
}
