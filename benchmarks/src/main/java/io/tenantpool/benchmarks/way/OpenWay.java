package io.tenantpool.benchmarks.way;

import io.tenantpool.benchmarks.load.AccessKind;
import java.util.List;
import java.util.Optional;

/**
 * A way that is ready: how the application is started, and what runs beside it.
 *
 * @param url of the tenants' databases, with {@code {tenant}} in it
 * @param options of the application's JVM
 * @param pooler the process between application and server, if there is one
 */
public record OpenWay(
    AccessKind access, String url, List<String> options, Optional<PoolerProcess> pooler)
    implements AutoCloseable {

  /** Straight to the server. */
  static OpenWay direct(AccessKind access, Site site, String... options) {
    return new OpenWay(access, site.url(site.serverPort()), List.of(options), Optional.empty());
  }

  @Override
  public void close() {
    pooler.ifPresent(PoolerProcess::close);
  }
}
