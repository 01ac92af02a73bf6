package io.tenantpool.benchmarks.way;

import io.tenantpool.benchmarks.load.AccessKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pgpool-II on the same machine: a process for each client connection, each of which keeps one
 * connection to the server. So the server connections are bounded by the number of processes, and
 * so is the number of clients at once; the others wait to be accepted.
 */
final class Pgpool implements Way {

  @Override
  public String name() {
    return "pgpool";
  }

  @Override
  public Optional<String> missing() {
    return PoolerProcess.missing("pgpool");
  }

  @Override
  public String budgetRule() {
    return "num_init_children = budget, max_pool = 1";
  }

  @Override
  public boolean isHeldToBudget() {
    return true;
  }

  @Override
  public OpenWay open(Site site) throws IOException, InterruptedException {
    int port = PoolerProcess.freePort();
    Path configuration =
        Files.writeString(site.directory().resolve("pgpool.conf"), configuration(site, port));
    Path empty = Files.writeString(site.directory().resolve("empty.conf"), "");
    PoolerProcess pooler =
        PoolerProcess.start(
            "pgpool",
            List.of(
                "-n",
                "-f",
                configuration.toString(),
                "-a",
                empty.toString(),
                "-F",
                empty.toString()),
            site.directory(),
            port);
    return new OpenWay(AccessKind.DRIVER_MANAGER, site.url(port), List.of(), Optional.of(pooler));
  }

  private static String configuration(Site site, int port) throws IOException {
    return String.join(
        "\n",
        "backend_clustering_mode = 'raw'",
        "listen_addresses = '127.0.0.1'",
        "port = " + port,
        "socket_dir = '" + site.directory() + "'",
        "pcp_listen_addresses = '127.0.0.1'",
        "pcp_port = " + PoolerProcess.freePort(),
        "pcp_socket_dir = '" + site.directory() + "'",
        "wd_ipc_socket_dir = '" + site.directory() + "'",
        "logdir = '" + site.directory() + "'",
        "pid_file_name = '" + site.directory().resolve("pgpool.pid") + "'",
        "backend_hostname0 = '127.0.0.1'",
        "backend_port0 = " + site.serverPort(),
        "backend_flag0 = 'DISALLOW_TO_FAILOVER'",
        "enable_pool_hba = off",
        "pool_passwd = ''",
        "connection_cache = on",
        "num_init_children = " + site.budget(),
        "max_pool = 1",
        "child_life_time = 0",
        "child_max_connections = 0",
        "connection_life_time = 0",
        "client_idle_limit = 0",
        "listen_backlog_multiplier = 10",
        "load_balance_mode = off",
        "memory_cache_enabled = off",
        "health_check_period = 0",
        "sr_check_period = 0",
        "check_temp_table = none",
        "check_unlogged_table = off",
        "use_watchdog = off",
        "");
  }
}
