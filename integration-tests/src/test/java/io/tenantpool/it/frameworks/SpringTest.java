package io.tenantpool.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.spring.SpringShop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Spring's JdbcTemplate, declared transactions, a transaction inside another, and a data source
 * that is chosen by tenant, over HikariCP.
 */
final class SpringTest {

  /** 50 orders of 0 to 49 pieces, of which every third was refused. */
  private static final String SUMMARY =
      "{isolation=serializable, readonly=on, orders=33, pieces=817, lines=99, journal=50}";

  private static final String REFUSAL =
      "refused: ERROR: cannot execute DELETE in a read-only transaction";

  private static final String DEFAULTS = "{isolation=read committed, readonly=off}";

  @Test
  void ordersAreTakenForTheirTenantAndRefusedOnesLeaveTheirMarkAlone() throws Exception {
    List<Path> jars =
        Jars.hikari(
            "spring-core-",
            "spring-beans-",
            "spring-aop-",
            "spring-context-",
            "spring-expression-",
            "spring-jdbc-",
            "spring-tx-",
            "commons-logging-",
            "micrometer-",
            "jspecify-");
    BothWays runs =
        Program.of(SpringShop.class)
            .with(jars)
            .prepared(
                "CREATE TABLE orders (number integer PRIMARY KEY, pieces integer)",
                "CREATE TABLE line (orders integer REFERENCES orders, position integer)",
                "CREATE TABLE journal (number integer PRIMARY KEY)")
            .runBothWays();
    List<String> expected = new ArrayList<>();
    for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
      for (String line : List.of(SUMMARY, REFUSAL, DEFAULTS)) {
        expected.add("tenant" + tenant + " " + line);
      }
    }
    assertEquals(expected, runs.lines());
    runs.everyDatabaseSays("817", "SELECT sum(pieces) FROM orders");
    runs.everyDatabaseSays("1225", "SELECT sum(number) FROM journal");
    runs.leasesWereShared(2 * Program.TENANTS * 50);
  }
}
