package io.tenantpool.it.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The server is away for some seconds under pools that test what they lend: no more units of work
 * fail than without the agent, and a health check goes down and up again. Red as soon as a pool is
 * told from memory that there is a server.
 */
final class AwayServerTest {

  /** What was under way, or lent within the time for which a pool does not test. */
  private static final int A_FEW = 6;

  /** A pool that does not wait fails as often as it is asked, which is a matter of chance. */
  private static final double AS_OFTEN = 1.6;

  @Test
  void noMoreUnitsOfWorkFailThanWithoutTheAgent() throws SQLException {
    Map<String, String> without = run(false);
    Map<String, String> with = run(true);
    System.out.println("without " + without + "\nwith    " + with);
    assertEquals(PoolCases.LIBRARIES.size(), with.size(), with::toString);
    with.forEach(
        (library, seen) -> {
          String before = String.valueOf(without.get(library));
          assertEquals("up down up", health(seen), () -> library + ": " + seen);
          assertTrue(
              failed(seen) <= AS_OFTEN * failed(before) + A_FEW,
              () -> library + ": " + seen + ", without the agent " + before);
        });
  }

  private static int failed(String seen) {
    return Integer.parseInt(seen.split(" ", 2)[0]);
  }

  private static String health(String seen) {
    return seen.split(" ", 2)[1];
  }

  /** By library: how many units failed, and what the health check said. */
  private static Map<String, String> run(boolean withAgent) throws SQLException {
    TestPostgres server = TestPostgres.shared();
    List<String> arguments = new ArrayList<>();
    arguments.add(server.host());
    arguments.add(String.valueOf(server.port()));
    arguments.add(server.createDatabase());
    arguments.add(server.createUser("away", "secret"));
    arguments.add("secret");
    List<Path> classPath = new ArrayList<>();
    for (PoolLibrary library : PoolCases.LIBRARIES) {
      arguments.add(library.name());
      arguments.add(library.adapter());
      for (Path path : library.classPath()) {
        if (!classPath.contains(path)) {
          classPath.add(path);
        }
      }
    }
    ChildJvm jvm =
        ChildJvm.of(AwayServerProgram.class, arguments.toArray(String[]::new))
            .classPath(classPath.toArray(Path[]::new))
            .agent(withAgent);
    if (withAgent) {
      // Enough for all of them: what is looked at is not the cap.
      jvm.setting("max-connections", 40).setting("max-connections-per-tenant", 40);
    }
    ChildJvm.Outcome outcome = jvm.run().succeeded();
    Map<String, String> seen = new TreeMap<>();
    for (String line : outcome.out()) {
      String[] words = line.split(" ", 3);
      if (words[0].equals("pool")) {
        seen.put(words[1], words[2]);
      } else if (words[0].equals("agent") && withAgent) {
        assertTrue(line.matches(".*\\bBorrows=[1-9].*"), line);
      }
    }
    return seen;
  }
}
