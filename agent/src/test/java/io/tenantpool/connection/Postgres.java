package io.tenantpool.connection;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** One PostgreSQL for all tests of this package; it ends with the JVM. */
final class Postgres {

  private static final EmbeddedPostgres SERVER = start();

  private Postgres() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder().setServerConfig("max_connections", "60").start();
      try (Connection connection =
              DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE ROLE group_role");
        statement.execute("CREATE ROLE assuming LOGIN");
        statement.execute("GRANT group_role TO assuming");
        statement.execute("ALTER ROLE assuming SET role TO group_role");
        statement.execute("CREATE SCHEMA other");
        statement.execute("CREATE TABLE item (id serial PRIMARY KEY, name text)");
        statement.execute("CREATE SEQUENCE numbers");
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static String url() {
    return SERVER.getJdbcUrl("postgres", "postgres");
  }

  /** A connection of the driver's own. */
  static Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /** As {@link #connect()}, with driver properties: name, value, name, value. */
  static Connection connect(String... properties) throws SQLException {
    Properties info = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      info.setProperty(properties[i], properties[i + 1]);
    }
    info.putIfAbsent("user", "postgres");
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + SERVER.getPort() + "/postgres", info);
  }

  static int port() {
    return SERVER.getPort();
  }
}
