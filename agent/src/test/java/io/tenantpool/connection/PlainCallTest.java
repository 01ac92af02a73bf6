package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a proxy calls without its wrapper's help is a call like any other. */
class PlainCallTest {

  private @Nullable Throwable failure;
  private int asked;

  private <T> T stub(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) ->
                switch (method.getName()) {
                  case "createStatement" -> stub(Statement.class);
                  case "executeQuery" -> stub(ResultSet.class);
                  case "getInt" -> answer();
                  case "isClosed" -> false;
                  case "getAutoCommit" -> true;
                  default -> null;
                }));
  }

  private int answer() throws Throwable {
    if (failure != null) {
      throw failure;
    }
    return ++asked;
  }

  private final OneConnectionPool pool =
      new OneConnectionPool(() -> DriverConnection.of(stub(Connection.class)));

  private ResultSet rows(Connection connection) throws SQLException {
    return connection.createStatement().executeQuery("SELECT");
  }

  private boolean isBroken() {
    return pool.current() instanceof DriverConnection physical && physical.isBroken();
  }

  @Test
  void itsFatalErrorMarksTheConnectionBroken() throws SQLException {
    try (Connection connection = new LogicalConnections().open(pool)) {
      ResultSet rows = rows(connection);
      assertEquals(1, rows.getInt(1));
      assertFalse(isBroken());
      failure = new SQLException("gone", "08006");
      assertSame(failure, assertThrows(SQLException.class, () -> rows.getInt(1)));
      assertTrue(isBroken());
    }
  }

  @Test
  void whateverItThrowsLetsOthersIn() throws Exception {
    try (Connection connection = new LogicalConnections().open(pool)) {
      ResultSet rows = rows(connection);
      failure = new IllegalStateException("a fault of the driver");
      assertSame(failure, assertThrows(IllegalStateException.class, () -> rows.getInt(1)));
      failure = null;
      FutureTask<Integer> other = new FutureTask<>(() -> rows.getInt(1));
      new Thread(other, "other").start();
      assertEquals(1, other.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void afterTheCloseItReachesNobody() throws SQLException {
    Connection connection = new LogicalConnections().open(pool);
    ResultSet rows = rows(connection);
    connection.close();
    SQLException thrown = assertThrows(SQLException.class, () -> rows.getInt(1));
    assertEquals("This ResultSet is closed.", thrown.getMessage());
    assertEquals(0, asked);
    assertEquals(1, pool.ends());
  }
}
