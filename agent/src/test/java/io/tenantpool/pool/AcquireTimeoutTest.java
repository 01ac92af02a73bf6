package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

/** Promise 6: the message of a wait that ended with the acquire timeout. */
class AcquireTimeoutTest {

  private static SQLTransientConnectionException timeout(PoolScene scene, String tenant)
      throws Exception {
    PoolScene.Borrower borrower = scene.borrower(tenant).parked();
    scene.ticker.advanceMillis(1000);
    return assertInstanceOf(SQLTransientConnectionException.class, borrower.failure());
  }

  @Test
  void aTenantAtItsCapIsToldToRaiseThat() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.of(5, 0, 2));
    scene.borrow("acme");
    scene.ticker.advanceMillis(20);
    scene.borrow("acme");
    scene.borrow("other");
    SQLTransientConnectionException failure = timeout(scene, "acme");
    assertEquals("53300", failure.getSQLState());
    String thread = Thread.currentThread().getName();
    assertEquals(
        "tenant-pool: tenant 'acme' on db:5432: no connection within 1000 ms; the tenant uses 2 of 2"
            + " (1 waiting), the server 3 of 5 connections (3 leased, 0 connecting, 1 waiting);"
            + " longest holders: 'acme' for 1020 ms in thread '"
            + thread
            + "', 'acme' for 1000 ms in thread '"
            + thread
            + "'. To allow a tenant more, raise tenantpool.max-connections-per-tenant, or set"
            + " tenantpool.tenant-cap=elastic",
        failure.getMessage());
    assertEquals(1, scene.figures().timeouts());
    assertEquals(1, scene.figures("acme").timeouts());
  }

  @Test
  void aFullServerIsToldToRaiseTheBudget() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.of(4, 0, 2));
    for (String tenant : new String[] {"a", "b", "c", "d"}) {
      scene.borrow(tenant);
      scene.ticker.advanceMillis(1);
    }
    String message = String.valueOf(timeout(scene, "e").getMessage());
    assertEquals(
        "'a' for 1004 ms, 'b' for 1003 ms, 'c' for 1002 ms",
        message
            .replaceAll(" in thread '[^']*'", "")
            .replaceAll("(?s).*longest holders: (.*)\\. To allow.*", "$1"));
    assertEquals(
        "To allow the server more, raise tenantpool.max-connections",
        message.substring(message.indexOf("To allow")));
  }

  @Test
  void aServerThatAllowsLessThanConfiguredIsNamedAsTheCause() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.of(4, 0, 2));
    scene.server.limit = 1;
    scene.borrow("a");
    String message = String.valueOf(timeout(scene, "b").getMessage());
    assertEquals(
        "The server itself allows no more than 1: raise its max_connections, or set"
            + " tenantpool.server-limit=off if it is behind a connection pooler",
        message.substring(message.indexOf("The server itself")));
  }
}
