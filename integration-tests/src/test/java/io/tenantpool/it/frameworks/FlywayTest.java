package io.tenantpool.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.flyway.FlywayMigrations;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flyway, over its own connections and over HikariCP, with a lock that belongs to the session. */
final class FlywayTest {

  @Test
  void everyTenantIsMigratedOnceAndNothingOfItStaysInTheSessions() throws Exception {
    BothWays runs = Program.of(FlywayMigrations.class).with(Jars.hikari("flyway-")).runBothWays();
    List<String> expected = new ArrayList<>();
    for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
      expected.add("tenant" + tenant + " migrated 4, then 0");
      expected.add("tenant" + tenant + " 20 products, longest product 10, history 4, locks 0");
    }
    assertEquals(expected, runs.lines());
    runs.everyDatabaseSays("t", "SELECT to_regclass('public.product_name') IS NOT NULL");
    runs.leasesWereShared(2 * Program.TENANTS);
  }
}
