package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.SessionPool.Checkouts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.PGConnection;

/** An application pool over two physical connections that take turns. */
abstract class PortableConnectionCase {

  final SessionPool pool = SessionPool.ofPostgres();
  final Checkouts hikari = new Checkouts(pool);

  @BeforeEach
  void twoPhysicalConnections() throws SQLException {
    pool.warm();
  }

  @AfterEach
  void close() {
    assertTrue(pool.opened() >= 2);
    pool.close();
  }

  static int backend(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
