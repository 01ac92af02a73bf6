package com.example.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** One thread of the program: does one unit of work after the other. */
final class Worker implements Runnable {

  private final TenantChoice tenants;
  private final ConnectionFactory connections;
  private final Tally tally;
  private final BooleanSupplier stopped;
  private final SplittableRandom random;

  Worker(
      TenantChoice tenants,
      ConnectionFactory connections,
      Tally tally,
      BooleanSupplier stopped,
      long seed) {
    this.tenants = tenants;
    this.connections = connections;
    this.tally = tally;
    this.stopped = stopped;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void run() {
    while (!stopped.getAsBoolean()) {
      Tenant tenant = tenants.next(random);
      UnitOfWork unit = nextUnit();
      long start = System.nanoTime();
      try (Connection connection = connections.connect(tenant)) {
        unit.run(connection, tenant, random);
      } catch (SQLException | WrongResultException | RuntimeException e) {
        tally.failed(tenant.name(), e);
        continue;
      }
      tally.done(tenant, System.nanoTime() - start);
    }
  }

  private UnitOfWork nextUnit() {
    int percent = random.nextInt(100);
    if (percent < 65) {
      return new LookUpOrder();
    }
    if (percent < 85) {
      return new PlaceOrder(tally.orders);
    }
    return percent < 98 ? new MoveMoney() : new BestSellers(connections.opensNewOnes());
  }
}
