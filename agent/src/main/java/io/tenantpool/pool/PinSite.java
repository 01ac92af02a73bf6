package io.tenantpool.pool;

import io.tenantpool.connection.Pin;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One place in the application that pins leases of a server. Counts run from the start of the JVM.
 *
 * @param cause why
 * @param site where, such as {@code com.acme.Dao.load(Dao.java:42)}; {@link #OTHER} stands for all
 *     places beyond the first {@link PinSites#CAPACITY}
 * @param tenant whose lease was the last
 * @param count how many leases
 * @param firstMillis wall-clock time of the first, epoch milliseconds
 * @param lastMillis wall-clock time of the last, epoch milliseconds
 */
public record PinSite(
    Pin cause, String site, String tenant, long count, long firstMillis, long lastMillis) {

  /** Stands in the place of a call site that is not told apart from others. */
  public static final String OTHER = SiteTallies.OTHER;

  private static final Comparator<PinSite> BY_COUNT =
      Comparator.comparingLong(PinSite::count)
          .reversed()
          .thenComparing(PinSite::site)
          .thenComparing(PinSite::cause);

  /** A call site as people read it. */
  public static String text(@Nullable StackTraceElement site) {
    return site == null ? OTHER : site.toString();
  }

  /** The most frequent first. */
  static List<PinSite> byCount(List<PinSite> sites) {
    return sites.stream().sorted(BY_COUNT).toList();
  }
}
