package io.tenantpool.it.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.util.List;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An operator finds the line of the application that makes the agent close connections. */
final class PinSitesTest {

  private static final String PROGRAM = PinningProgram.class.getName();

  @Test
  void eachPlaceIsInJmxWithItsCountAndInTheLogOnce() throws Exception {
    TestPostgres postgres = ObservedApplication.POSTGRES;
    String user = postgres.createUser("pinning", "secret");
    String database = ObservedApplication.tenants(1).get(0);
    ChildJvm jvm =
        ChildJvm.of(PinningProgram.class, postgres.url(database), user, "secret")
            .agent(true)
            .classPath(
                ChildJvm.pathOf(HikariDataSource.class),
                ChildJvm.pathOf(LoggerFactory.class),
                ChildJvm.pathOf(org.apache.tomcat.jdbc.pool.DataSource.class),
                ChildJvm.pathOf(org.apache.juli.logging.LogFactory.class));
    try (RunningJvm child = jvm.start()) {
      child.awaitLine("ready");
      try (JmxClient console = JmxClient.connect(child)) {
        console.awaitBean(ObservedApplication.server());
        CompositeData[] rows =
            (CompositeData[]) console.get(ObservedApplication.server(), "PinSites");
        assertEquals(
            List.of(
                "3 VENDOR_CALL " + database + " " + PROGRAM + ".unwrapOwn(PinningProgram.java:N)",
                "1 TRANSACTION " + database + " " + PROGRAM + ".giveBack(PinningProgram.java:N)",
                "1 TRANSACTION " + database + " " + PROGRAM + ".take(PinningProgram.java:N)",
                "1 VENDOR_CALL "
                    + database
                    + " "
                    + PROGRAM
                    + ".unwrapPooled(PinningProgram.java:N)"),
            Stream.of(rows).map(PinSitesTest::text).toList());
        assertEquals(4, console.row(ObservedApplication.server(), "Pins", "VENDOR_CALL"));
        List<String> told =
            console.await(
                "four lines in the log",
                () -> child.err().stream().filter(PinSitesTest::tellsOfASite).toList(),
                lines -> lines.size() >= 4);
        assertEquals(4, told.size(), told::toString);
        told.forEach(LogLines::assertText);
        assertTrue(told.get(0).contains(" tenant=" + database + " connection="), told.get(0));
        assertTrue(told.get(0).contains(" cause=VENDOR_CALL site=" + PROGRAM), told.get(0));
        assertTrue(told.get(0).contains("closed at the end of the lease"), told.get(0));
      }
    }
  }

  private static boolean tellsOfASite(String line) {
    return LogLines.isEvent("new-pin-site", line);
  }

  private static String text(CompositeData row) {
    String site = row.get("site").toString().replaceAll("\\d+\\)$", "N)");
    return row.get("count") + " " + row.get("cause") + " " + row.get("tenant") + " " + site;
  }
}
