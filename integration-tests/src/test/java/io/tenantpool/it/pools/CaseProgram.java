package io.tenantpool.it.pools;

import io.tenantpool.it.pools.library.PoolAdapter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Runs cases and prints one line for each: its name, a tab, its outcome. Knows nothing of the
 * agent. Arguments: which cases, URL with {@code %s} for the database, user, password, how many
 * databases, those, and for each library a name and its adapter's class.
 */
final class CaseProgram {

  private CaseProgram() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, PoolCase> cases =
        switch (arguments[0]) {
          case "features" -> PoolFeatures.all();
          case "hikari" -> HikariFeatures.all();
          case "habits" -> BadHabits.all();
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    int libraries = 5 + Integer.parseInt(arguments[4]);
    List<String> databases = List.of(arguments).subList(5, libraries);
    for (int i = libraries; i < arguments.length; i += 2) {
      PoolAdapter library = PoolAdapter.named(arguments[i + 1]);
      String name = arguments[i];
      cases.forEach(
          (what, theCase) -> {
            long start = System.nanoTime();
            String outcome = outcome(scene(library, arguments, databases), theCase);
            System.out.println(name + " " + what + "\t" + outcome);
            System.err.println(
                name + " " + what + " took " + (System.nanoTime() - start) / 1_000_000 + " ms");
          });
      for (int tenant = 0; tenant < databases.size(); tenant++) {
        try (PoolScene scene = scene(library, arguments, databases)) {
          System.out.println(name + " afterwards " + tenant + "\t" + works(scene, tenant));
        }
      }
    }
    System.out.println("agent " + AgentSays.inThisJvm());
    System.exit(0);
  }

  private static PoolScene scene(PoolAdapter library, String[] arguments, List<String> databases) {
    return new PoolScene(library, arguments[1], arguments[2], arguments[3], databases);
  }

  private static String outcome(PoolScene scene, PoolCase theCase) {
    String seen = Seen.of(() -> theCase.run(scene));
    // What closing the pools says is part of the outcome.
    return seen
        + Seen.of(
            () -> {
              scene.close();
              return "";
            });
  }

  /** Whether as many connections as the agent allows a tenant can be used at once. */
  private static boolean works(PoolScene scene, int tenant) throws SQLException {
    DataSource pool = scene.pool(scene.settings(tenant, 3));
    try (Connection one = pool.getConnection();
        Connection two = pool.getConnection();
        Connection three = pool.getConnection()) {
      String database = scene.databases().get(tenant);
      boolean works = true;
      for (Connection each : List.of(one, two, three)) {
        each.setAutoCommit(false);
        works &= database.equals(PoolScene.ask(each, "SELECT tenant FROM marker"));
        each.commit();
        each.setAutoCommit(true);
      }
      return works;
    }
  }
}
