package io.tenantpool.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Looks all the time how many connections the program has: at its sockets, and in the server's
 * {@code pg_stat_activity}. The server may see more for a moment, for it notices a close a little
 * later than the client.
 */
final class ConnectionSampler implements AutoCloseable {

  private static final int PAUSE_MILLIS = 20;

  private final Connection connection;
  private final PreparedStatement question;
  private final ClientSockets sockets;
  private final Thread thread = new Thread(this::sampleUntilClosed, "connection-sampler");
  private volatile boolean closed;
  private volatile int now;
  private volatile int serverPeak;
  private volatile int socketPeak = -1;
  private volatile @Nullable SQLException failure;

  ConnectionSampler(DemoServer server, ClientSockets sockets) throws SQLException {
    this.sockets = sockets;
    this.connection = server.connect("postgres");
    this.question =
        connection.prepareStatement("select count(*) from pg_stat_activity where datname like ?");
    question.setString(1, TenantDatabases.NAMES);
    thread.setDaemon(true);
    thread.start();
  }

  /** Sessions in the tenants' databases when last looked at. */
  int now() {
    return now;
  }

  /** The most sessions that were seen at the server. */
  int serverPeak() throws SQLException {
    SQLException failed = failure;
    if (failed != null) {
      throw failed;
    }
    return serverPeak;
  }

  /** The most sockets that were seen at the program; empty where the system does not show them. */
  OptionalInt socketPeak() {
    return socketPeak < 0 ? OptionalInt.empty() : OptionalInt.of(socketPeak);
  }

  private void sampleUntilClosed() {
    try {
      while (!closed) {
        sockets.count().ifPresent(count -> socketPeak = Math.max(socketPeak, count));
        now = countSessions();
        serverPeak = Math.max(serverPeak, now);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (SQLException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int countSessions() throws SQLException {
    try (ResultSet row = question.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  @Override
  public void close() throws SQLException, InterruptedException {
    closed = true;
    thread.join();
    connection.close();
  }
}
