package io.tenantpool.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the audit is written.
 *
 * @param file the file in use; empty when there is no audit
 * @param maxFileBytes how long a file may be before another one is begun
 * @param maxFiles how many full ones are kept beside the one in use
 */
public record AuditSettings(Optional<Path> file, long maxFileBytes, int maxFiles) {

  /** No audit. */
  static final AuditSettings NONE = new AuditSettings(Optional.empty(), 0, 0);
}
