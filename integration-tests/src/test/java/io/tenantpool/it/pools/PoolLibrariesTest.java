package io.tenantpool.it.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The case that hurts most: one pool of 25 connections for each of 40 tenants, and a server that
 * lets 30 sessions in. Red as soon as a pool keeps a socket that it does not need, a session shows
 * something of another tenant, or work is lost or done twice.
 */
final class PoolLibrariesTest {

  private static final int ALLOWED = 30;
  private static final int BUDGET = 20;

  private static final int THREADS = 16;
  private static final int UNITS = 1200;
  private static final int MAXIMUM = 25;

  private static PooledTenants tenants;

  @BeforeAll
  static void startServer() throws SQLException {
    tenants = PooledTenants.allowing(ALLOWED);
  }

  @AfterAll
  static void stopServer() {
    tenants.close();
  }

  @ParameterizedTest
  @EnumSource
  void fortyPoolsOfTwentyFiveWorkWithTwentySockets(PoolLibrary library) throws SQLException {
    try (RunningJvm child =
        tenants
            .program(library, THREADS, UNITS, MAXIMUM, MAXIMUM, library.statementCache(), 30_000)
            .agent(true)
            .setting("max-connections", BUDGET)
            .setting("log-level", "warn")
            .limit(Duration.ofMinutes(2))
            .start()) {
      Run run = Run.of(child, tenants.sessionsWhile(child));
      System.out.println(library + ": " + run);
      assertEquals("{}", run.failures(), () -> run + "\n" + String.join("\n", child.err()));
      assertEquals(UNITS, run.units(), run::toString);
      assertEquals(PooledTenants.TENANTS, run.tenants(), run::toString);
      assertTrue(run.peak() <= BUDGET, run::toString);
      // Sockets went from one tenant to the next: else this test would show nothing.
      assertTrue(run.sockets() > 2 * PooledTenants.TENANTS, run::toString);
      // A session ends some milliseconds after its socket: the server may show a few that are
      // going, never a level above the cap.
      assertTrue(run.medianSessions() <= BUDGET, run::toString);
      assertEquals(Books.expected(PooledTenants.TENANTS, UNITS), tenants.takeBooks());
      // All of it, with this library: nothing was left to the driver, or beneath a wrapper.
      assertEquals(List.of(), child.err().stream().filter(l -> l.contains("not-pooled")).toList());
      assertTrue(run.agent().contains("Active=0"), run::toString);
      assertTrue(run.agent().contains("Timeouts=0"), run::toString);
    } finally {
      tenants.takeBooks();
    }
  }

  /**
   * Red with a hard cap for each tenant: the most at once would be its share. Some units hold a
   * connection and ask for another: for these the last one is kept.
   */
  @ParameterizedTest
  @EnumSource(names = {"HIKARICP_7", "DBCP_2", "AGROAL"})
  void onePoolOfTwentyFiveAloneMayHaveAllSockets(PoolLibrary library) throws SQLException {
    try (RunningJvm child =
        tenants
            .programOfOne(library, THREADS + BUDGET, UNITS, MAXIMUM)
            .agent(true)
            .jvm("-D" + PoolProgram.HELD_AT_ONCE + "=" + (BUDGET - 1))
            .setting("max-connections", BUDGET)
            .setting("log-level", "warn")
            .limit(Duration.ofMinutes(2))
            .start()) {
      Run run = Run.of(child, tenants.sessionsWhile(child));
      assertEquals("{}", run.failures(), () -> run + "\n" + String.join("\n", child.err()));
      assertEquals(UNITS, run.units(), run::toString);
      assertTrue(run.peak() >= BUDGET - 1 && run.peak() <= BUDGET, run::toString);
      assertEquals(Books.expected(1, UNITS).get(0), tenants.takeBooks().get(0));
      assertEquals(List.of(), child.err().stream().filter(l -> l.contains("not-pooled")).toList());
      assertTrue(run.agent().contains("Timeouts=0"), run::toString);
    } finally {
      tenants.takeBooks();
    }
  }

  @Test
  void withoutTheAgentTheServerRefusesSomeOfThem() throws SQLException {
    ChildJvm.Outcome outcome =
        tenants.program(PoolLibrary.HIKARICP_7, THREADS, UNITS, 1, MAXIMUM, 0, 2_000).run();
    assertTrue(outcome.exitCode() != 0, outcome::outText);
    assertTrue(
        outcome.errText().contains("connection slots are reserved")
            || outcome.errText().contains("too many clients"),
        outcome::errText);
  }

  @Test
  void aRunWithoutTheAgentAndWithoutALimitLeavesTheSameBooks() throws SQLException {
    try (PooledTenants unlimited = PooledTenants.allowing(8 * PooledTenants.TENANTS);
        RunningJvm child =
            unlimited
                .program(PoolLibrary.HIKARICP_7, 4, UNITS, 1, 4, 0, 30_000)
                .limit(Duration.ofMinutes(2))
                .start()) {
      Run run = Run.of(child, unlimited.sessionsWhile(child));
      System.out.println("without agent and limit: " + run);
      assertEquals("{}", run.failures(), run::toString);
      assertEquals(Books.expected(PooledTenants.TENANTS, UNITS), unlimited.takeBooks());
      assertTrue(run.peak() > BUDGET, run::toString);
      assertEquals("{}", run.agent());
    }
  }
}
