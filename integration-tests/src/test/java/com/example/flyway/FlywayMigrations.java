package com.example.flyway;

import com.example.tenants.Crowd;
import com.example.tenants.HikariPools;
import com.example.tenants.Tenants;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Migrates every tenant twice: tenants with an even number through Flyway's own connections, the
 * others through their pools. Arguments: those of {@link Tenants}.
 */
public final class FlywayMigrations {

  /** A migration holds two connections of its tenant. */
  private static final int THREADS = 3;

  private FlywayMigrations() {}

  public static void main(String[] arguments) throws Exception {
    Tenants tenants = Tenants.of(arguments);
    int[] first = new int[tenants.count()];
    int[] second = new int[tenants.count()];
    try (HikariPools pools = new HikariPools(tenants)) {
      Crowd.run(THREADS, tenants.count(), i -> first[i] = migrate(tenants, pools, i));
      Crowd.run(THREADS, tenants.count(), i -> second[i] = migrate(tenants, pools, i));
      for (int tenant = 0; tenant < tenants.count(); tenant++) {
        String name = tenants.name(tenant);
        System.out.println(name + " migrated " + first[tenant] + ", then " + second[tenant]);
        System.out.println(name + " " + look(pools, tenant));
      }
    }
  }

  private static int migrate(Tenants tenants, HikariPools pools, int tenant) {
    FluentConfiguration configuration =
        Flyway.configure().locations("classpath:com/example/flyway");
    // A lock of the session, as a migration outside of transactions needs it.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    if (tenant % 2 == 0) {
      configuration.dataSource(tenants.url(tenant), tenants.user(), tenants.password());
    } else {
      configuration.dataSource(pools.of(tenant));
    }
    return configuration.load().migrate().migrationsExecuted;
  }

  /** What an application sees that comes after Flyway. */
  private static String look(HikariPools pools, int tenant) throws SQLException {
    try (Connection connection = pools.of(tenant).getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                """
                SELECT (SELECT count(*) FROM public.product), public.longest_name(),
                       (SELECT count(*) FROM public.flyway_schema_history WHERE success),
                       (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
                          AND database = (SELECT oid FROM pg_database
                                          WHERE datname = current_database()))
                """)) {
      result.next();
      return result.getInt(1)
          + " products, longest "
          + result.getString(2)
          + ", history "
          + result.getInt(3)
          + ", locks "
          + result.getInt(4);
    }
  }
}
