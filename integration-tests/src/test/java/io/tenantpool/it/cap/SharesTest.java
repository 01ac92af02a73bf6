package io.tenantpool.it.cap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Promise 12: no thread waits while a permit is free. Red with a fixed cap for each tenant, as the
 * second test shows.
 */
final class SharesTest {

  private static final int BUDGET = 20;

  private static ChildJvm program(int requests, int hold) throws SQLException {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("shares", "secret");
    String url = server.url(server.createDatabase()) + "?user=" + user + "&password=secret";
    return ChildJvm.of(
            SharesProgram.class,
            url,
            String.valueOf(BUDGET + 5),
            String.valueOf(requests),
            String.valueOf(hold))
        .classPath(ChildJvm.pathOf(HikariDataSource.class), ChildJvm.pathOf(LoggerFactory.class))
        .agent(true)
        .setting("max-connections", BUDGET);
  }

  private static List<String> failures(ChildJvm.Outcome outcome) {
    return outcome.out().stream().filter(line -> line.contains("failed ")).toList();
  }

  private static void assertPooled(ChildJvm.Outcome outcome) {
    assertTrue(outcome.errText().contains(" server-added "), outcome::errText);
    assertFalse(outcome.errText().contains(" not-pooled "), outcome::errText);
  }

  @Test
  void atDefaultSettingsRequestsThatWaitForHelpersEndAndOneTenantMayHoldAll() throws SQLException {
    ChildJvm.Outcome outcome = program(8, BUDGET).run().succeeded();
    assertPooled(outcome);
    assertEquals(List.of(), failures(outcome));
    assertTrue(outcome.out().contains("committed 8"), outcome::outText);
    assertTrue(outcome.out().contains("held " + BUDGET), outcome::outText);
  }

  @Test
  void withAHardCapTheMessageNamesWhoHoldsAndWaitsAndWhere() throws SQLException {
    ChildJvm.Outcome outcome =
        program(3, 1)
            .setting("tenant-cap", "hard")
            .setting("acquire-timeout", "2s")
            .run()
            .succeeded();
    assertPooled(outcome);
    List<String> failures = failures(outcome);
    assertTrue(failures.size() > 0, outcome::outText);
    // The first wait that ends says it; with its end the threads that held begin to move.
    String message =
        failures.stream()
            .filter(each -> each.contains("All of them were held for the whole of that"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(failures.toString()));
    assertTrue(
        message.contains("by threads that executed nothing at the end of it: 'pool-"), message);
    assertTrue(message.contains("io.tenantpool.it.cap.SharesProgram."), message);
    assertTrue(message.contains("(SharesProgram.java:"), message);
    assertTrue(message.contains("tenantpool.max-connections-per-tenant"), message);
    String log = outcome.errText();
    assertTrue(log.contains(" hold-and-wait "), log);
    assertEquals(log.indexOf(" hold-and-wait server="), log.lastIndexOf(" hold-and-wait server="));
    assertFalse(log.contains("secret"), log);
  }
}
