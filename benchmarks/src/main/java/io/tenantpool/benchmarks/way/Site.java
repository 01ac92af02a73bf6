package io.tenantpool.benchmarks.way;

import java.nio.file.Path;

/**
 * Where and within which limits a way works for one round.
 *
 * @param budget how many server connections there may be, if the way knows how
 * @param clients how many connections the application may open at once
 * @param timeoutMillis how long whoever wants a connection waits, wherever that can be set
 * @param directory an empty one, for files of the way
 */
public record Site(int serverPort, int budget, int clients, long timeoutMillis, Path directory) {

  /** The role that all tenants use. It has no password: the server asks for none. */
  public static final String ROLE = "app";

  /** The URL of the tenants' databases at that port, with {@code {tenant}} in it. */
  public String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/{tenant}?user=" + ROLE;
  }
}
