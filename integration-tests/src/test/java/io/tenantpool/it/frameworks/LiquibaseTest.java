package io.tenantpool.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.liquibase.LiquibaseChanges;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Liquibase, over a connection of its own and over HikariCP. */
final class LiquibaseTest {

  @Test
  void changesAreMadeTakenBackAndMadeAgain() throws Exception {
    BothWays runs =
        Program.of(LiquibaseChanges.class)
            .with(
                Jars.hikari(
                    "liquibase-core-",
                    "snakeyaml-",
                    "commons-collections4-",
                    "commons-text-",
                    "commons-lang3-",
                    "commons-io-",
                    "opencsv-",
                    "jaxb-api-"))
            .runBothWays();
    List<String> expected = new ArrayList<>();
    for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
      expected.add("tenant" + tenant + " 15, taken back 0, 15");
    }
    assertEquals(expected, runs.lines());
    runs.everyDatabaseSays("3", "SELECT count(*) FROM databasechangelog");
    runs.everyDatabaseSays("f", "SELECT locked FROM databasechangeloglock");
    runs.leasesWereShared(6 * Program.TENANTS);
  }
}
