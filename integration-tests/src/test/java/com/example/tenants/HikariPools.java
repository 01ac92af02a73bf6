package com.example.tenants;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;

/** A HikariCP pool for each tenant, always full as HikariCP's default is. */
public final class HikariPools implements AutoCloseable {

  /** HikariCP's default. */
  public static final int SIZE = 10;

  private final List<HikariDataSource> pools = new ArrayList<>();

  @SuppressWarnings("MustBeClosedChecker") // They are closed together.
  public HikariPools(Tenants tenants) {
    for (int tenant = 0; tenant < tenants.count(); tenant++) {
      HikariConfig config = new HikariConfig();
      config.setPoolName(tenants.name(tenant));
      config.setJdbcUrl(tenants.url(tenant));
      config.setUsername(tenants.user());
      config.setPassword(tenants.password());
      config.setMaximumPoolSize(SIZE);
      pools.add(new HikariDataSource(config));
    }
  }

  public HikariDataSource of(int tenant) {
    return pools.get(tenant);
  }

  @Override
  public void close() {
    pools.forEach(HikariDataSource::close);
  }
}
