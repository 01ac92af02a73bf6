package io.tenantpool.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A PostgreSQL of our own on loopback, as a plain installation would run it. */
final class DemoServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private final EmbeddedPostgres postgres;

  private DemoServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static DemoServer start(Path directory, Path log, int maxConnections) throws IOException {
    return new DemoServer(
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("pgdata"))
            .setDataDirectoryCustomizer(DemoServer::askTenantsForPasswords)
            .setRegisterShutdownHook(false)
            .setServerConfig("max_connections", Integer.toString(maxConnections))
            .setServerConfig("listen_addresses", HOST)
            .setOutputRedirector(Redirect.appendTo(log.toFile()))
            .setErrorRedirector(Redirect.appendTo(log.toFile()))
            .start());
  }

  private static void askTenantsForPasswords(File dataDirectory) {
    List<String> rules =
        List.of("host all postgres 127.0.0.1/32 trust", "host all all 127.0.0.1/32 scram-sha-256");
    try {
      Files.write(dataDirectory.toPath().resolve("pg_hba.conf"), rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection of the administrator, which no run counts. */
  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), "postgres", "");
  }

  String url(String database) {
    return "jdbc:postgresql://" + HOST + ":" + port() + "/" + database;
  }

  int port() {
    return postgres.getPort();
  }

  /** The server's version, such as {@code 18.1}. */
  String version() throws SQLException {
    try (Connection connection = connect("postgres")) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
