package io.tenantpool.benchmarks.way;

import io.tenantpool.benchmarks.load.AccessKind;
import java.util.Optional;

/** A connection from {@code DriverManager} for each unit of work. */
final class NoPooling implements Way {

  @Override
  public String name() {
    return "none";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public String budgetRule() {
    return "cannot be held to it: one connection for each thread at work";
  }

  @Override
  public boolean isHeldToBudget() {
    return false;
  }

  @Override
  public OpenWay open(Site site) {
    return OpenWay.direct(AccessKind.DRIVER_MANAGER, site);
  }
}
