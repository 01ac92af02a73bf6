package io.tenantpool.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.jooq.JooqTills;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** jOOQ with its nested transactions, batches and lazy cursors, over HikariCP. */
final class JooqTest {

  @Test
  void receiptsAreRungUpInTheShopTheyBelongTo() throws Exception {
    BothWays runs =
        Program.of(JooqTills.class)
            .with(Jars.hikari("jooq-", "r2dbc-spi-", "reactive-streams-"))
            .jvm("-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true")
            .prepared(
                tenant ->
                    List.of(
                        "CREATE TABLE shop AS SELECT '" + tenant + "' AS shop",
                        "CREATE TABLE receipt (number integer PRIMARY KEY, shop text)",
                        "CREATE TABLE item (number integer REFERENCES receipt, cents integer)"))
            .runBothWays();
    List<String> expected = new ArrayList<>();
    for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
      String name = "tenant" + tenant;
      expected.add(name + " [" + name + "] items 180 cents 51000 numbers 1770");
    }
    assertEquals(expected, runs.lines());
    runs.everyDatabaseSays("30", "SELECT count(*) FROM item WHERE cents = 999");
    runs.leasesWereShared(2 * Program.TENANTS * 60);
  }
}
