package io.tenantpool.it.support;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A server in a container; the test is skipped where no Docker runs. */
final class ContainerSource implements PostgresSource {

  private static final String IMAGE = "postgres:18";
  private static final String PASSWORD = "container";

  private final PostgreSQLContainer container;

  ContainerSource() {
    Assumptions.assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "-Dtest.postgres=testcontainers needs Docker, and none runs here");
    container =
        new PostgreSQLContainer(IMAGE)
            .withDatabaseName("postgres")
            .withUsername("postgres")
            .withPassword(PASSWORD)
            .withCommand(
                "postgres",
                "-c",
                "fsync=off",
                "-c",
                "max_connections=300",
                "-c",
                "max_prepared_transactions=10");
    container.start();
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
  }

  @Override
  public String adminUser() {
    return "postgres";
  }

  @Override
  public String adminPassword() {
    return PASSWORD;
  }

  @Override
  public boolean isKept() {
    return false;
  }

  @Override
  public void close() {
    container.stop();
  }
}
