package io.tenantpool.benchmarks.way;

import io.tenantpool.benchmarks.load.AccessKind;
import io.tenantpool.benchmarks.load.Tenants;
import java.util.Optional;

/** The map of HikariCP pools that teams write by hand. */
final class LruMap implements Way {

  @Override
  public String name() {
    return "lru-map";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public String budgetRule() {
    return "budget / "
        + Tenants.POOL_SIZE
        + " pools of "
        + Tenants.POOL_SIZE
        + ", refusal when full";
  }

  @Override
  public boolean isHeldToBudget() {
    return true;
  }

  @Override
  public OpenWay open(Site site) {
    return OpenWay.direct(AccessKind.LRU_MAP_OF_POOLS, site);
  }
}
