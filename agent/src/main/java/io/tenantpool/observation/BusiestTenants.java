package io.tenantpool.observation;

import io.tenantpool.config.TenantTags;
import io.tenantpool.pool.TenantSnapshot;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which tenants of one server have meters of their own. Who has some keeps them while it is shown,
 * and is compared with the others once a minute: two tenants that overtake each other all the time
 * would otherwise make series without end.
 */
final class BusiestTenants {

  static final long RANKING_NANOS = TimeUnit.MINUTES.toNanos(1);

  static final Comparator<TenantSnapshot> BUSIEST_FIRST =
      Comparator.comparingLong(TenantSnapshot::borrows)
          .reversed()
          .thenComparing(TenantSnapshot::tenant);

  private final TenantTags tags;
  private Set<String> chosen = Set.of();
  private long rankedAt;

  BusiestTenants(TenantTags tags, long now) {
    this.tags = tags;
    this.rankedAt = now;
  }

  /** At most so many of {@code shown} as the setting allows. */
  Set<String> among(Set<String> shown, TenantFigures figures, long now) {
    Set<String> next = new LinkedHashSet<>(chosen);
    if (now - rankedAt >= RANKING_NANOS) {
      next.clear();
      rankedAt = now;
    }
    next.retainAll(shown);
    if (shown.size() <= tags.most()) {
      next.addAll(shown);
    } else if (next.size() < tags.most()) {
      fill(next, shown, figures.live());
    }
    chosen = next;
    return new HashSet<>(next);
  }

  private void fill(Set<String> next, Set<String> shown, Map<String, TenantSnapshot> live) {
    List<String> best =
        live.values().stream()
            .filter(tenant -> shown.contains(tenant.tenant()) && !next.contains(tenant.tenant()))
            .sorted(BUSIEST_FIRST)
            .limit(tags.most() - next.size())
            .map(TenantSnapshot::tenant)
            .toList();
    next.addAll(best);
  }
}
