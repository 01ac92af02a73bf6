package io.tenantpool.benchmarks.way;

import io.tenantpool.benchmarks.load.AccessKind;
import io.tenantpool.benchmarks.load.Tenants;
import java.util.Optional;

/** A HikariCP for each tenant, and nothing that bounds them all. */
final class HikariForEachTenant implements Way {

  @Override
  public String name() {
    return "hikari";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public String budgetRule() {
    return "cannot be held to it: up to " + Tenants.POOL_SIZE + " for each tenant";
  }

  @Override
  public boolean isHeldToBudget() {
    return false;
  }

  @Override
  public OpenWay open(Site site) {
    return OpenWay.direct(AccessKind.POOL_FOR_EACH_TENANT, site);
  }
}
