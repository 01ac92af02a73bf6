package com.example.web;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** Lives in a loader of its own, together with its driver. */
public final class WebApplication {

  private static final int MOST_USES = 20;

  private WebApplication() {}

  /**
   * Uses every database some times and says whether one connection met the session of another. Not
   * each of them does: while a session is still reset, the next one may be opened.
   */
  public static boolean use(String url, String user, String password, String... databases)
      throws SQLException {
    boolean pooled = false;
    for (String database : databases) {
      Set<Integer> sessions = new HashSet<>();
      int uses = 2;
      for (int i = 0; i < uses; i++) {
        pooled |= !sessions.add(session(String.format(url, database), user, password));
        uses = pooled ? uses : Math.min(MOST_USES, uses + 1);
      }
    }
    pin(String.format(url, databases[0]), user, password);
    return pooled;
  }

  /** What a container has an application do at its end. */
  public static void stop() throws SQLException {
    if (Driver.isRegistered()) {
      Driver.deregister();
    }
  }

  /** The agent remembers the place of such a call for as long as the JVM lives. */
  private static void pin(String url, String user, String password) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      connection.unwrap(PgConnection.class).getCopyAPI();
    }
  }

  private static int session(String url, String user, String password) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        PreparedStatement statement = connection.prepareStatement("SELECT pg_backend_pid()");
        ResultSet result = statement.executeQuery()) {
      result.next();
      int session = result.getInt(1);
      if (connection.unwrap(PGConnection.class).getBackendPID() != session) {
        throw new IllegalStateException("unwrapped to another session");
      }
      return session;
    }
  }
}
