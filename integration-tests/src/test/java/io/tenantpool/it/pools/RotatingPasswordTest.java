package io.tenantpool.it.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A password that is rotated under load is noticed by nobody who uses a pool, and by everybody who
 * comes with the old one. Red as soon as a connection logs in with a password of the past, or an
 * open session is lent to a request that has not shown the right one.
 */
final class RotatingPasswordTest {

  private static final int CAP = 4;

  @Test
  void nobodyWhoUsesAPoolNoticesThatItsPasswordIsRotated() throws SQLException {
    TestPostgres server = TestPostgres.shared();
    server.assumePasswordsAreChecked();
    String administrator = "?user=" + server.adminUser() + "&password=" + server.adminPassword();
    List<String> arguments = new ArrayList<>();
    arguments.add(server.url(server.createDatabase()));
    arguments.add(server.createUser("rotated", "first"));
    arguments.add("first");
    arguments.add(server.url("postgres") + administrator);
    for (String other : server.createDatabases("neighbour", 3)) {
      arguments.add(server.url(other) + administrator);
    }
    ChildJvm jvm =
        ChildJvm.of(RotatingPasswordProgram.class, arguments.toArray(String[]::new))
            .agent(true)
            .setting("max-connections", CAP);
    for (PoolLibrary library :
        List.of(PoolLibrary.HIKARICP_7, PoolLibrary.DBCP_2, PoolLibrary.AGROAL)) {
      jvm.classPath(library.classPath());
    }
    List<String> directly = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    Map<String, Long> agent = new TreeMap<>();
    for (String line : jvm.run().succeeded().out()) {
      if (line.startsWith("failed ")) {
        failed.add(line);
      } else if (line.startsWith("direct ")) {
        directly.add(line);
      } else if (line.startsWith("agent ")) {
        String[] words = line.split(" ", 3);
        agent.put(words[1], Long.valueOf(words[2]));
      }
    }
    assertEquals(List.of(), failed);
    String each = "direct served 28P01 28P01";
    assertEquals(List.of(each, each, each, each), directly);
    assertTrue(agent.getOrDefault("PeakOpen", CAP + 1L) <= CAP, agent::toString);
    assertTrue(agent.getOrDefault("TotalEvictions", 0L) > 0, agent::toString);
  }
}
