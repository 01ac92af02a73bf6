package com.example.springboot;

import com.example.tenants.Crowd;
import com.example.tenants.Tenants;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes pieces from the tenants' stocks and puts them back. */
public final class Stock implements AutoCloseable {

  private static final int THREADS = 8;
  private static final int TASKS_PER_TENANT = 60;

  private final Tenants tenants;
  private final List<JdbcTemplate> templates = new ArrayList<>();
  private final List<TransactionTemplate> transactions = new ArrayList<>();
  private final List<HikariDataSource> pools = new ArrayList<>();

  Stock(Tenants tenants, JdbcTemplate first, PlatformTransactionManager firstTransactions) {
    this.tenants = tenants;
    templates.add(first);
    transactions.add(new TransactionTemplate(firstTransactions));
    for (int tenant = 1; tenant < tenants.count(); tenant++) {
      HikariDataSource pool = pool(tenant);
      pools.add(pool);
      templates.add(new JdbcTemplate(pool));
      transactions.add(new TransactionTemplate(new JdbcTransactionManager(pool)));
    }
  }

  private HikariDataSource pool(int tenant) {
    HikariDataSource pool =
        DataSourceBuilder.create()
            .type(HikariDataSource.class)
            .url(tenants.url(tenant))
            .username(tenants.user())
            .password(tenants.password())
            .build();
    pool.setMaximumPoolSize(10);
    pool.setConnectionInitSql(BootShop.SET_UP);
    return pool;
  }

  void work() throws Exception {
    Crowd.run(
        THREADS,
        TASKS_PER_TENANT * tenants.count(),
        i -> move(i % tenants.count(), i / tenants.count()));
    for (int tenant = 0; tenant < tenants.count(); tenant++) {
      System.out.println(
          tenants.name(tenant)
              + " "
              + templates
                  .get(tenant)
                  .queryForMap(
                      """
                      SELECT owner, pieces, (SELECT count(*) FROM movement) AS movements,
                             current_setting('shop.opened_by') AS opened
                      FROM stock
                      """));
    }
  }

  /** Moves {@code number} pieces; every fourth transaction is rolled back. */
  private void move(int tenant, int number) {
    JdbcTemplate jdbc = templates.get(tenant);
    String opened = jdbc.queryForObject("SELECT current_setting('shop.opened_by')", String.class);
    if (!"spring boot".equals(opened)) {
      throw new IllegalStateException("a session that its pool has not set up: " + opened);
    }
    transactions
        .get(tenant)
        .executeWithoutResult(
            status -> {
              jdbc.update("UPDATE stock SET pieces = pieces + ?", number);
              jdbc.update("INSERT INTO movement (number, pieces) VALUES (?, ?)", number, number);
              if (number % 4 == 0) {
                status.setRollbackOnly();
              }
            });
  }

  @Override
  public void close() {
    pools.forEach(HikariDataSource::close);
  }
}
