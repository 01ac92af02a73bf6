package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** A connection that the application lost without closing it gives its lease back. */
class LostConnectionTest {

  @Test
  void theLeaseOfALostConnectionEnds() throws SQLException {
    StubDriver driver = new StubDriver();
    lose(driver);
    collectUntil(() -> driver.ends() == 1);
    assertEquals(1, driver.ends());
  }

  private static void lose(StubDriver driver) throws SQLException {
    assertTrue(new LogicalConnections().open(driver).isValid(1));
  }

  @Test
  void aStatementKeepsItsConnection() throws SQLException {
    StubDriver driver = new StubDriver();
    Statement kept = new LogicalConnections().open(driver).createStatement();
    lose(new StubDriver());
    WeakReference<Object> other = new WeakReference<>(new Object());
    collectUntil(() -> other.get() == null);
    assertEquals(0, driver.ends());
    kept.getConnection().close();
    assertEquals(1, driver.ends());
  }

  @Test
  void theLeaseStaysWhereThePhysicalObjectWasHandedOut() throws SQLException {
    try (OneConnectionPool pool = OneConnectionPool.ofPostgres()) {
      PgConnection raw = unwrapAndLose(pool);
      WeakReference<Object> other = new WeakReference<>(new Object());
      collectUntil(() -> other.get() == null);
      assertEquals(0, pool.ends());
      assertTrue(raw.isValid(1));
    }
  }

  @Test
  void whatWasHandedOutAndIsLostAsWellGivesTheLeaseBack() throws SQLException {
    try (OneConnectionPool pool = OneConnectionPool.ofPostgres()) {
      assertTrue(askForCopyAndLose(pool));
      collectUntil(() -> pool.ends() == 1);
    }
  }

  private static boolean askForCopyAndLose(OneConnectionPool pool) throws SQLException {
    Connection connection = new LogicalConnections().open(pool);
    return ((PGConnection) connection).getCopyAPI() != null;
  }

  @Test
  void anythingButAnSqlExceptionMakesTheSessionBroken() throws SQLException {
    for (Throwable thrown :
        new Throwable[] {new IllegalStateException(), new StackOverflowError(), new Exception()}) {
      DriverConnection physical = DriverConnection.of(new OpenStub().connection());
      physical.observe(new SQLException("no such table", "42P01"));
      assertFalse(physical.isBroken());
      physical.observe(thrown);
      assertTrue(physical.isBroken());
    }
  }

  /** Says that it is open, and nothing else. */
  private static final class OpenStub {
    Connection connection() {
      return (Connection)
          Proxy.newProxyInstance(
              OpenStub.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> method.getReturnType() == boolean.class ? false : null);
    }
  }

  private static PgConnection unwrapAndLose(OneConnectionPool pool) throws SQLException {
    Connection connection = new LogicalConnections().open(pool);
    return connection.unwrap(PgConnection.class);
  }

  private static void collectUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      System.gc();
      Thread.yield();
    }
    assertTrue(condition.getAsBoolean());
  }
}
