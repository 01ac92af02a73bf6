package io.tenantpool.it.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server of our own on loopback. Its superuser needs no password; everybody else does (SCRAM), so
 * that a wrong password can be told from a right one.
 */
final class EmbeddedSource implements PostgresSource {

  private static final String HOST_BASED_AUTHENTICATION =
      """
      local all postgres trust
      host all postgres 127.0.0.1/32 trust
      host all postgres ::1/128 trust
      local all all scram-sha-256
      host all all 127.0.0.1/32 scram-sha-256
      host all all ::1/128 scram-sha-256
      """;

  private final Map<String, String> settings;
  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  EmbeddedSource(Map<String, String> settings) throws IOException {
    this.settings = Map.copyOf(settings);
    this.data = Files.createTempDirectory("tenantpool-postgres");
    this.port = freePort();
    this.server = start();
  }

  private EmbeddedPostgres start() throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("listen_addresses", "127.0.0.1,::1")
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .setDataDirectoryCustomizer(EmbeddedSource::writeAuthentication);
    settings.forEach(builder::setServerConfig);
    return builder.start();
  }

  private static void writeAuthentication(File data) {
    try {
      Files.writeString(data.toPath().resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String adminUser() {
    return "postgres";
  }

  @Override
  public String adminPassword() {
    return "";
  }

  @Override
  public boolean isKept() {
    return false;
  }

  @Override
  public void stop() throws IOException {
    server.close();
  }

  @Override
  public void startAgain() throws IOException {
    server = start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
