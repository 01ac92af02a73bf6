package io.tenantpool.pool;

import io.tenantpool.config.NotPooled;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something of the application that is not pooled.
 *
 * @param reason why
 * @param server the server's name; null when it cannot be told
 * @param site where: a line of the application, as a {@link StackTraceElement}, or the text that
 *     names a driver and its class loader; null when nobody can tell
 * @param detail what exactly; without secrets, and without anything that differs from connection to
 *     connection
 */
public record Unpooled(
    NotPooled reason, @Nullable String server, @Nullable Object site, String detail) {

  /**
   * All of one reason at one site. Counts run from the start of the JVM.
   *
   * @param server the server's name; empty when it cannot be told
   * @param detail that of the last
   * @param firstMillis wall-clock time of the first, epoch milliseconds
   * @param lastMillis wall-clock time of the last, epoch milliseconds
   */
  public record Site(
      NotPooled reason,
      String server,
      String site,
      String detail,
      long count,
      long firstMillis,
      long lastMillis) {}

  private static final Comparator<Site> BY_COUNT =
      Comparator.comparingLong(Site::count)
          .reversed()
          .thenComparing(Site::site)
          .thenComparing(Site::server)
          .thenComparing(Site::reason);

  /** The most frequent first. */
  static List<Site> byCount(List<Site> sites) {
    return sites.stream().sorted(BY_COUNT).toList();
  }
}
