package io.tenantpool.benchmarks;

import io.tenantpool.benchmarks.load.Tenants;
import io.tenantpool.benchmarks.load.UnitOfWork;
import io.tenantpool.benchmarks.way.Site;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The one server, with the tenants' databases, and what it knows of its sessions. */
final class Server implements AutoCloseable {

  /** Left for this program, and for what has not ended yet. */
  private static final int SPARE_CONNECTIONS = 100;

  private static final int MOST_CONNECTIONS = 1_200;

  private final EmbeddedPostgres postgres;
  private final Connection connection;
  private int tenants;

  private Server(EmbeddedPostgres postgres, Connection connection) {
    this.postgres = postgres;
    this.connection = connection;
  }

  /** Starts a server on loopback; it has room for a pool of each of so many tenants. */
  static Server start(int tenants) throws IOException, SQLException {
    int connections = tenants * Tenants.POOL_SIZE + 2 * SPARE_CONNECTIONS;
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("max_connections", "" + Math.min(MOST_CONNECTIONS, connections))
            .setServerConfig("shared_buffers", "256MB")
            // The disk must not hide what connections cost.
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .start();
    try {
      Server server = new Server(postgres, connect(postgres, "postgres"));
      server.execute("CREATE ROLE " + Site.ROLE + " LOGIN");
      server.execute("CREATE DATABASE template_tenant OWNER " + Site.ROLE);
      server.fillTemplate();
      return server;
    } catch (SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private static Connection connect(EmbeddedPostgres postgres, String database)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database + "?user=postgres");
  }

  private void fillTemplate() throws SQLException {
    try (Connection template = connect(postgres, "template_tenant");
        Statement statement = template.createStatement()) {
      statement.execute("CREATE TABLE account (id int PRIMARY KEY, amount bigint NOT NULL)");
      statement.execute(
          "INSERT INTO account SELECT i, 0 FROM generate_series(1, " + UnitOfWork.ACCOUNTS + ") i");
      statement.execute("ALTER TABLE account OWNER TO " + Site.ROLE);
      statement.execute("VACUUM ANALYZE account");
    }
  }

  /** Makes the databases of so many tenants, those that are not there. */
  void provide(int count) throws SQLException {
    for (; tenants < count; tenants++) {
      execute("CREATE DATABASE " + Tenants.database(tenants) + " TEMPLATE template_tenant");
    }
  }

  /** So that no round pays for what another one wrote. */
  void settle() throws SQLException {
    execute("CHECKPOINT");
  }

  int port() {
    return postgres.getPort();
  }

  /** How many sessions there are, this program's aside. */
  int connections() throws SQLException {
    return (int)
        number(
            "SELECT count(*) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
  }

  /** How many sessions of tenants have begun since the start. */
  long connects() throws SQLException {
    return number(
        "SELECT coalesce(sum(sessions), 0)::bigint FROM pg_stat_database"
            + " WHERE datname LIKE 'tenant\\_%'");
  }

  /** The first process of the server. */
  ProcessHandle process() throws SQLException {
    long pid = number("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::bigint");
    return ProcessHandle.of(pid).orElseThrow();
  }

  private synchronized long number(String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getLong(1);
    }
  }

  private synchronized void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    try {
      connection.close();
    } finally {
      postgres.close();
    }
  }
}
