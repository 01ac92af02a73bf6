package com.example.mybatis;

import com.example.tenants.Crowd;
import com.example.tenants.Tenants;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** Books entries for every tenant at once. Arguments: those of {@link Tenants}. */
public final class MyBatisLedger {

  private static final int THREADS = 8;
  private static final int ENTRIES_PER_TENANT = 60;

  private MyBatisLedger() {}

  public static void main(String[] arguments) throws Exception {
    Tenants tenants = Tenants.of(arguments);
    List<PooledDataSource> pools = new ArrayList<>();
    List<SqlSessionFactory> factories = new ArrayList<>();
    for (int tenant = 0; tenant < tenants.count(); tenant++) {
      PooledDataSource pool = pool(tenants, tenant);
      pools.add(pool);
      Configuration configuration =
          new Configuration(
              new Environment(tenants.name(tenant), new JdbcTransactionFactory(), pool));
      configuration.addMapper(Ledger.class);
      factories.add(new SqlSessionFactoryBuilder().build(configuration));
    }
    Crowd.run(
        THREADS,
        ENTRIES_PER_TENANT * tenants.count(),
        i -> book(factories.get(i % tenants.count()), i / tenants.count()));
    for (int tenant = 0; tenant < tenants.count(); tenant++) {
      try (SqlSession session = factories.get(tenant).openSession()) {
        Ledger ledger = session.getMapper(Ledger.class);
        System.out.println(tenants.name(tenant) + " " + ledger.entries() + " " + ledger.balances());
      }
    }
    pools.forEach(PooledDataSource::forceCloseAll);
  }

  private static PooledDataSource pool(Tenants tenants, int tenant) {
    PooledDataSource pool =
        new PooledDataSource(
            "org.postgresql.Driver", tenants.url(tenant), tenants.user(), tenants.password());
    pool.setPoolMaximumActiveConnections(10);
    pool.setPoolMaximumIdleConnections(5);
    pool.setPoolPingEnabled(true);
    pool.setPoolPingQuery("SELECT 1");
    pool.setPoolPingConnectionsNotUsedFor(0);
    return pool;
  }

  /**
   * From one account to the other; every third booking is rolled back by the end of its session.
   */
  private static void book(SqlSessionFactory factory, int number) {
    try (SqlSession session = factory.openSession()) {
      Ledger ledger = session.getMapper(Ledger.class);
      ledger.add(number, "cash", -number);
      ledger.add(number, "bank", number);
      if (ledger.move("cash", -number) + ledger.move("bank", number) != 2) {
        throw new IllegalStateException("an account is missing");
      }
      if (number % 3 != 0) {
        session.commit();
      }
    }
  }
}
