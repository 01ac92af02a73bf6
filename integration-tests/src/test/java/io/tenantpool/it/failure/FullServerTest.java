package io.tenantpool.it.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that has fewer places than the agent would like, or that others have filled. */
final class FullServerTest {

  private static final int PLACES = 30;
  private static final int THREADS = 40;
  private static final int TENANTS = 20;
  private static final int SECONDS = 4;

  private static TestPostgres server;

  @BeforeAll
  static void start() {
    server = TestPostgres.start(Map.of("max_connections", String.valueOf(PLACES)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aConnectToAFullServerIsTriedUntilTheAcquireTimeoutAndThenFailsAsTheDriverSaysIt()
      throws SQLException {
    String url = url(server.createDatabase());
    List<Connection> others = fill();
    try (Trouble trouble = Trouble.start(Trouble.program(4, "1s"))) {
      String without = Seen.ofConnecting(url);
      assertTrue(without.contains(" 53300 "), without);
      long start = System.nanoTime();
      assertEquals(without, trouble.connect(url));
      Duration tried = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(tried.compareTo(Duration.ofSeconds(1)) >= 0, tried::toString);
      assertEquals(without, trouble.connect(url));
      leave(others);
      // What was left to neighbours comes back step by step.
      String held = trouble.hold(4, url);
      for (int i = 0; i < 30 && !held.equals("held: 4"); i++) {
        trouble.release();
        held = trouble.hold(4, url);
      }
      assertEquals("held: 4", held);
    } finally {
      leave(others);
    }
  }

  @Test
  void aConnectToAFullServerWorksAsSoonAsThereIsRoom() throws SQLException {
    String url = url(server.createDatabase());
    List<Connection> others = fill();
    try (Trouble trouble = Trouble.start(Trouble.program(4, "30s"))) {
      trouble.child().send("connect " + url);
      trouble.child().awaitErrorLine(line -> line.contains("open-refused"));
      leave(others);
      assertEquals("worked: at work", trouble.awaitSeen());
    } finally {
      leave(others);
    }
  }

  @Test
  void theBudgetIsLoweredToWhatTheServerAllowsAndNoFailureReachesTheApplication()
      throws SQLException {
    String user = server.createUser("crowd", "secret");
    List<String> arguments = new ArrayList<>();
    arguments.add(server.url("%s") + "?user=" + user + "&password=secret");
    arguments.add(String.valueOf(THREADS));
    arguments.add(String.valueOf(SECONDS));
    arguments.addAll(server.createDatabases("crowd", TENANTS));
    try (RunningJvm child =
        ChildJvm.of(CrowdProgram.class, arguments.toArray(String[]::new)).agent(true).start()) {
      String units = child.awaitLine("units ");
      String failures = child.awaitLine("failures ");
      System.out.println(THREADS + " threads, " + PLACES + " places at the server: " + units);
      assertEquals("{}", failures);
      assertTrue(Integer.parseInt(units) >= THREADS, units);
      // Three places are the superuser's.
      String lowered = "configured=100 allowed=" + (PLACES - 3);
      child.awaitErrorLine(line -> line.contains("budget-lowered") && line.contains(lowered));
      child.send("end");
      assertEquals(0, child.awaitExit().exitCode());
    }
  }

  private static String url(String database) throws SQLException {
    return server.url(database)
        + "?user="
        + server.createUser("full", "secret")
        + "&password=secret";
  }

  /** The superuser takes every place there is. */
  private static List<Connection> fill() throws SQLException {
    List<Connection> others = new ArrayList<>();
    try {
      while (others.size() <= PLACES) {
        others.add(server.admin());
      }
    } catch (SQLException full) {
      assertEquals("53300", full.getSQLState());
      return others;
    }
    throw new IllegalStateException("the server has more places than it was told to have");
  }

  private static void leave(List<Connection> others) throws SQLException {
    for (Connection connection : others) {
      connection.close();
    }
  }
}
