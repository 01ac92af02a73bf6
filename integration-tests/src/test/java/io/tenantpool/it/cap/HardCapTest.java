package io.tenantpool.it.cap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Promise 1, hard cap; promises 2, 3 and 6 on the way. Red as soon as a permit is given back before
 * the socket is closed, or a socket is opened without one.
 */
final class HardCapTest {

  private static final int BUDGET = 20;
  private static final int THREADS = 32;
  private static final int TENANTS = 200;
  private static final int SECONDS = 20;

  @Test
  void neverMoreSocketsThanTheBudgetUnderThirtyTwoThreadsTwoHundredTenantsAndFaults()
      throws Exception {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("cap", "secret");
    List<String> arguments = new ArrayList<>();
    arguments.add(
        server.url("%s")
            + "?user="
            + user
            + "&password=secret&socketFactory="
            + CountingSocketFactory.class.getName());
    arguments.add(String.valueOf(THREADS));
    arguments.add(String.valueOf(SECONDS));
    List<String> databases = server.createDatabases("cap", TENANTS);
    arguments.addAll(databases);
    List<Integer> sessions = new ArrayList<>();
    try (Connection admin = server.admin();
        RunningJvm child =
            ChildJvm.of(CapProgram.class, arguments.toArray(String[]::new))
                .agent(true)
                .setting("max-connections", BUDGET)
                .setting("max-connections-per-tenant", 3)
                .limit(Duration.ofMinutes(3))
                .start()) {
      child.awaitLine("running");
      long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      while (System.nanoTime() < end && child.isAlive()) {
        sessions.add(sessions(admin, user));
      }
      int peak = Integer.parseInt(child.awaitLine("peak "));
      long sockets = Long.parseLong(child.awaitLine("sockets "));
      long units = Long.parseLong(child.awaitLine("units "));
      int tenants = Integer.parseInt(child.awaitLine("tenants "));
      String failures = child.awaitLine("failures ");
      assertEquals(0, child.awaitExit().exitCode());
      Collections.sort(sessions);
      String seen =
          "peak "
              + peak
              + " sockets, "
              + sockets
              + " opened, "
              + units
              + " units of work, "
              + tenants
              + " tenants; sessions at the server: median "
              + sessions.get(sessions.size() / 2)
              + ", most "
              + sessions.get(sessions.size() - 1);
      System.out.println("hard cap of " + BUDGET + ": " + seen);
      assertEquals("{}", failures, seen);
      assertEquals(BUDGET, peak, seen);
      // Enough to have had every reason to exceed the cap, however slow the machine is.
      assertTrue(units > 10 * BUDGET && sockets > 5 * BUDGET && tenants > TENANTS / 2, seen);
      // A session ends some milliseconds after its socket: the server may show a few that are
      // going, never a level above the cap.
      assertTrue(sessions.get(sessions.size() / 2) <= BUDGET, seen);
      assertTrue(sessions.get(sessions.size() - 1) < 2 * BUDGET, seen);
    }
  }

  private static int sessions(Connection admin, String user) throws SQLException {
    try (PreparedStatement statement =
        admin.prepareStatement("SELECT count(*) FROM pg_stat_activity WHERE usename = ?")) {
      statement.setString(1, user);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }
}
