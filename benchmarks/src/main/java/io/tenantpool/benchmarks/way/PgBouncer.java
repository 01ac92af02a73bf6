package io.tenantpool.benchmarks.way;

import io.tenantpool.benchmarks.load.AccessKind;
import io.tenantpool.benchmarks.load.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * PgBouncer on the same machine. It has no cap over all databases; but {@code max_user_connections}
 * bounds the server connections of a user in all of them, and here all tenants have one user. When
 * that is reached it closes the connection that has been idle longest, of whatever database. Each
 * database may have as many as an application's pool ({@code default_pool_size}).
 */
final class PgBouncer implements Way {

  /** When a server connection is given to another client. */
  enum Mode {
    SESSION(""),
    /** Debian's version knows no prepared statements in this mode, so the driver makes none. */
    TRANSACTION("&prepareThreshold=0");

    private final String urlEnd;

    Mode(String urlEnd) {
      this.urlEnd = urlEnd;
    }
  }

  private final String name;
  private final Mode mode;
  private final AccessKind access;

  PgBouncer(String name, Mode mode, AccessKind access) {
    this.name = name;
    this.mode = mode;
    this.access = access;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> missing() {
    return PoolerProcess.missing("pgbouncer");
  }

  @Override
  public String budgetRule() {
    return "max_user_connections, since all tenants have one user";
  }

  @Override
  public boolean isHeldToBudget() {
    return true;
  }

  @Override
  public OpenWay open(Site site) throws IOException, InterruptedException {
    int port = PoolerProcess.freePort();
    Path users =
        Files.writeString(site.directory().resolve("users.txt"), "\"" + Site.ROLE + "\" \"\"\n");
    Path configuration =
        Files.writeString(
            site.directory().resolve("pgbouncer.ini"), configuration(site, port, users));
    PoolerProcess pooler =
        PoolerProcess.start("pgbouncer", List.of(configuration.toString()), site.directory(), port);
    return new OpenWay(access, site.url(port) + mode.urlEnd, List.of(), Optional.of(pooler));
  }

  private String configuration(Site site, int port, Path users) {
    return String.join(
        "\n",
        "[databases]",
        "* = host=127.0.0.1 port=" + site.serverPort(),
        "[pgbouncer]",
        "listen_addr = 127.0.0.1",
        "listen_port = " + port,
        "unix_socket_dir =",
        "auth_type = trust",
        "auth_file = " + users,
        "pool_mode = " + mode.name().toLowerCase(Locale.ROOT),
        "max_client_conn = " + (site.clients() + 100),
        "max_user_connections = " + site.budget(),
        "default_pool_size = " + Tenants.POOL_SIZE,
        "min_pool_size = 0",
        "reserve_pool_size = 0",
        "max_db_connections = 0",
        "server_idle_timeout = 600",
        "server_login_retry = 1",
        "query_wait_timeout = " + Math.max(1, site.timeoutMillis() / 1_000),
        "server_tls_sslmode = disable",
        "ignore_startup_parameters = extra_float_digits",
        "log_connections = 0",
        "log_disconnections = 0",
        "log_pooler_errors = 0",
        "");
  }
}
