package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A limit of a role or a database: what is idle gives way, and nobody is hammered. */
class LoginLimitTest {

  private final PoolScene scene = new PoolScene(TestLimits.of(9, 0, 3));
  private final AtomicInteger refusals = new AtomicInteger();

  private static SQLException says(String routine, String message) {
    return new PSQLException(
        new ServerErrorMessage("SFATAL\0C53300\0M" + message + "\0R" + routine + "\0\0"));
  }

  /** The server allows so many sessions of the role, whatever databases they are in. */
  private void allow(int sessions) {
    scene.server.onOpen =
        () -> {
          if (scene.server.sockets.get() > sessions) {
            refusals.incrementAndGet();
            throw says("InitializeSessionUserId", "zu viele Verbindungen für Rolle »app«");
          }
        };
  }

  private PooledLease borrow(String tenant) throws SQLException {
    return scene.borrow(tenant);
  }

  @Test
  void thePostgresRoutineTellsWhoseLimitItIsInAnyLanguage() {
    assertSame(LoginLimit.ROLE, LoginLimit.of(says("InitializeSessionUserId", "zu viele")));
    assertSame(LoginLimit.DATABASE, LoginLimit.of(says("CheckMyDatabase", "zu viele")));
    assertNull(LoginLimit.of(says("InitPostgres", "zu viele")));
    assertSame(
        LoginLimit.DATABASE,
        LoginLimit.of(new SQLException("too many connections for database \"a\"", "53300")));
    assertNull(LoginLimit.of(new SQLException("sorry, too many clients already", "53300")));
    assertNull(LoginLimit.of(new SQLException("too many connections for role \"a\"", "08001")));
  }

  @Test
  void anIdleConnectionOfTheSameRoleGivesWay() throws Exception {
    borrow("a").end();
    borrow("b").end();
    scene.work();
    allow(2);
    PooledLease lease = borrow("c");
    assertEquals(1, refusals.get());
    assertEquals(1, scene.figures("b").idle(), "the one that was free for the longest time went");
    assertEquals(1, scene.figures().evictions().get(EvictionCause.LOGIN_LIMIT));
    assertFalse(scene.events.lines().toString().contains("openRefused"));
    lease.end();
    scene.assertNothingLost();
  }

  @Test
  void withoutAnIdleOneTheRefusalIsTheApplicationsAtOnce() throws Exception {
    PooledLease busy = borrow("a");
    allow(1);
    SQLException refused = assertThrows(SQLException.class, () -> borrow("b"));
    assertInstanceOf(PSQLException.class, refused);
    assertEquals(1, refusals.get());
    assertEquals(1, scene.figures().openFailures());
    busy.end();
    scene.assertNothingLost();
  }

  @Test
  void anotherRolesIdleConnectionsStay() throws Exception {
    Route.Pooled other = TestRoutes.route("b", "other", false);
    scene.pool.borrow(other, scene.server.opener("b"), null, null).end();
    scene.work();
    allow(1);
    assertThrows(SQLException.class, () -> borrow("a"));
    assertEquals(1, scene.figures("b").idle());
    scene.assertNothingLost();
  }

  @Test
  void aLimitOfADatabaseIsOneOfAllItsTenants() throws Exception {
    Route.Pooled one = TestRoutes.routeTo("one", "x", "shared");
    Route.Pooled elsewhere = TestRoutes.routeTo("elsewhere", "x", "other");
    scene.pool.borrow(elsewhere, scene.server.opener("elsewhere"), null, null).end();
    scene.pool.borrow(one, scene.server.opener("one"), null, null).end();
    scene.work();
    scene.server.onOpen =
        () -> {
          if (scene.server.sockets.get() > 2) {
            throw says("CheckMyDatabase", "too many connections for database \"shared\"");
          }
        };
    Route.Pooled two = TestRoutes.routeTo("two", "y", "shared");
    scene.pool.borrow(two, scene.server.opener("two"), null, null).end();
    assertEquals(1, scene.figures("elsewhere").idle());
    assertEquals(0, scene.figures("one").open());
    scene.assertNothingLost();
  }

  @Test
  void theServerMayCountTheClosedSessionForAMomentLonger() throws Exception {
    borrow("a").end();
    borrow("b").end();
    scene.work();
    allow(0);
    PoolScene.Borrower borrower = scene.borrower("c").parked();
    assertEquals(1, scene.figures().evictions().get(EvictionCause.LOGIN_LIMIT));
    scene.ticker.advanceMillis(1);
    borrower.parked();
    assertEquals(1, scene.figures().evictions().get(EvictionCause.LOGIN_LIMIT), "no second one");
    allow(2);
    scene.ticker.advanceMillis(2);
    borrower.lease().end();
    scene.assertNothingLost();
  }

  @Test
  void aServerThatNeverNoticesGetsAllIdleOnesAndThenTheRefusalIsTheApplications() throws Exception {
    borrow("a").end();
    borrow("b").end();
    scene.work();
    allow(0);
    PoolScene.Borrower borrower = scene.borrower("c").parked();
    scene.ticker.advanceMillis(201);
    borrower.parked();
    assertEquals(2, scene.figures().evictions().get(EvictionCause.LOGIN_LIMIT));
    scene.ticker.advanceMillis(201);
    assertInstanceOf(PSQLException.class, borrower.failure());
    assertTrue(refusals.get() >= 3);
    scene.assertNothingLost();
  }

  @Test
  void aSessionThatIsBeingResetIsWaitedFor() throws Exception {
    PooledLease lease = borrow("a");
    lease.end();
    allow(1);
    PoolScene.Borrower[] borrower = new PoolScene.Borrower[1];
    scene.server.onReset =
        () -> {
          borrower[0] = scene.borrower("b");
          try {
            borrower[0].parked();
          } catch (InterruptedException e) {
            throw new SQLException(e);
          }
          scene.server.onReset = () -> {};
        };
    scene.work();
    scene.ticker.advanceMillis(1);
    borrower[0].lease().end();
    assertEquals(1, scene.figures().evictions().get(EvictionCause.LOGIN_LIMIT));
    scene.assertNothingLost();
  }
}
