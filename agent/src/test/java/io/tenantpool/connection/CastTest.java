package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cast to a class of the driver works, and what is called through it goes the agent's way. */
class CastTest {

  private @Nullable ExtensibleDriver driver;
  private @Nullable OneConnectionPool pool;

  private Connection open(String version) throws Exception {
    ExtensibleDriver loaded = new ExtensibleDriver(version);
    driver = loaded;
    pool = new OneConnectionPool(() -> DriverConnection.of(connect(loaded)));
    return new LogicalConnections().open(pool);
  }

  private static Connection connect(ExtensibleDriver driver) throws SQLException {
    try {
      return driver.connect();
    } catch (ReflectiveOperationException e) {
      throw new SQLException(e);
    }
  }

  @AfterEach
  void close() throws Exception {
    if (pool != null && driver != null) {
      pool.close();
      driver.deregister();
      driver.close();
    }
  }

  private ExtensibleDriver driver() {
    assertNotNull(driver);
    return driver;
  }

  private OneConnectionPool pool() {
    assertNotNull(pool);
    return pool;
  }

  /** Calls a method of the driver's class without arguments. */
  private @Nullable Object call(String type, String method, Object target) throws Exception {
    return driver().type(type).getMethod(method).invoke(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.2.29", "42.7.14"})
  void everythingThatAConnectionGivesOutIsOfTheDriversClass(String version) throws Exception {
    try (Connection connection = open(version)) {
      connection.setAutoCommit(false);
      is("PgConnection", connection);
      is("PgDatabaseMetaData", connection.getMetaData());
      is("PgArray", connection.createArrayOf("int4", new Object[] {1, 2}));
      is("PgSQLXML", connection.createSQLXML());
      PreparedStatement prepared = connection.prepareStatement("SELECT ?::int");
      is("PgStatement", prepared);
      is("PgParameterMetaData", prepared.getParameterMetaData());
      CallableStatement callable = connection.prepareCall("SELECT 1");
      is("PgStatement", callable);
      Statement statement = connection.createStatement();
      is("PgStatement", statement);
      ResultSet rows =
          statement.executeQuery("SELECT ARRAY[1, 2], lo_from_bytea(0, 'x'), lo_creat(-1)");
      is("PgResultSet", rows);
      is("PgResultSetMetaData", rows.getMetaData());
      assertTrue(rows.next());
      is("PgArray", rows.getArray(1));
      is("PgBlob", rows.getBlob(2));
      is("PgClob", rows.getClob(3));
      assertEquals("[1, 2]", List.of((Object[]) rows.getArray(1).getArray()).toString());
      assertSame(connection, call("PgStatement", "getConnection", statement));
      connection.rollback();
    }
  }

  private void is(String type, Object object) throws ClassNotFoundException {
    assertInstanceOf(driver().type(type), object);
    assertInstanceOf(JdbcProxy.class, object);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.2.29", "42.7.14"})
  void unwrapToTheDriversClassIsTheObjectItselfAndTheSessionIsReused(String version)
      throws Exception {
    Connection connection = open(version);
    assertSame(connection, connection.unwrap(driver().type("PgConnection")));
    assertTrue(connection.isWrapperFor(driver().type("PgConnection")));
    Statement statement = connection.createStatement();
    assertSame(statement, statement.unwrap(driver().type("PgStatement")));
    assertEquals(List.of(), pool().pins());
    connection.close();
    assertTrue(pool().keptConnection());
  }

  /** Two of them are final in the driver, and one is in none of its interfaces. */
  @ParameterizedTest
  @ValueSource(strings = {"42.2.29", "42.7.14"})
  void harmlessCallsOfTheClassCostNothing(String version) throws Exception {
    Connection connection = open(version);
    assertEquals(
        "UTF8",
        driver()
            .type("PgConnection")
            .getMethod("getParameterStatus", String.class)
            .invoke(connection, "server_encoding"));
    assertNotNull(call("PgConnection", "getParameterStatuses", connection));
    assertNotNull(call("PgConnection", "getURL", connection));
    assertEquals(List.of(), pool().pins());
    connection.close();
    assertTrue(pool().keptConnection());
    assertThrows(
        InvocationTargetException.class,
        () -> call("PgConnection", "getParameterStatuses", connection));
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.2.29", "42.7.14"})
  void whatHandsOutTheSessionPinsAsThroughTheInterface(String version) throws Exception {
    Connection connection = open(version);
    assertNotNull(call("PgConnection", "getCopyAPI", connection));
    assertEquals(List.of(Pin.VENDOR_CALL), pool().pins());
    connection.close();
    assertFalse(pool().keptConnection());
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.2.29", "42.7.14"})
  void aMethodThatIsFinalInTheDriverGoesTheAgentsWay(String version) throws Exception {
    try (Connection connection = open(version)) {
      Statement statement = connection.createStatement();
      ResultSet rows = statement.executeQuery("SELECT 1");
      call("PgStatement", "close", statement);
      assertTrue(rows.isClosed());
      assertTrue(statement.isClosed());
    }
  }

  /** The driver asks whether what it is given is an array of its own. */
  @Test
  void theDriverTakesAnArrayOfAnotherConnection() throws Exception {
    try (Connection connection = open("42.7.14");
        Connection raw = connect(driver());
        PreparedStatement echo = raw.prepareStatement("SELECT ?::int[]")) {
      ResultSet rows = connection.createStatement().executeQuery("SELECT ARRAY[3, 4]");
      assertTrue(rows.next());
      echo.setArray(1, rows.getArray(1));
      ResultSet echoed = echo.executeQuery();
      assertTrue(echoed.next());
      assertEquals("{3,4}", echoed.getString(1));
    }
  }

  @Test
  void aProxyOfTheDriversClassKeepsNoLoaderAlive() throws Exception {
    WeakReference<ClassLoader> loader = useAndForget();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (loader.get() != null && System.nanoTime() < deadline) {
      System.gc();
      Thread.onSpinWait();
    }
    assertNull(loader.get());
  }

  private WeakReference<ClassLoader> useAndForget() throws Exception {
    try (Connection connection = open("42.7.14");
        Statement statement = connection.createStatement()) {
      assertTrue(statement.executeQuery("SELECT 1").next());
      is("PgConnection", connection);
    }
    WeakReference<ClassLoader> loader = new WeakReference<>(driver);
    close();
    driver = null;
    pool = null;
    return loader;
  }
}
