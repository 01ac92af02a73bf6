package com.example.web;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** Lives in a loader of its own, together with its driver. */
public final class WebApplication {

  private WebApplication() {}

  /**
   * Uses every database twice and says whether a second connection met the session of the first.
   * Not each of them does: while the first session is still reset, a second one may be opened.
   */
  public static boolean use(String url, String user, String password, String... databases)
      throws SQLException {
    boolean pooled = false;
    for (String database : databases) {
      int first = session(String.format(url, database), user, password);
      int second = session(String.format(url, database), user, password);
      pooled |= first == second;
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
