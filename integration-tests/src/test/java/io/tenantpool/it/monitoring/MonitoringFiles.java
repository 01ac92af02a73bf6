package io.tenantpool.it.monitoring;

import java.nio.file.Path;

/** What {@code docs/monitoring} offers to operators. */
final class MonitoringFiles {

  static final Path DIRECTORY = Path.of("..", "docs", "monitoring").toAbsolutePath().normalize();

  private MonitoringFiles() {}
}
