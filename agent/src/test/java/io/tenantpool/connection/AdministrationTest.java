package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;

/** An administrator's SQL in a lease: when others' idle connections go, whatever way it comes. */
class AdministrationTest {

  private static final SessionFilter ALONE = SessionFilter.ofDatabase("alone");

  private final OneConnectionPool pool = OneConnectionPool.ofPostgres();

  @BeforeEach
  void aDatabase() throws SQLException {
    execute("DROP DATABASE IF EXISTS alone WITH (FORCE)");
    execute("DROP DATABASE IF EXISTS renamed WITH (FORCE)");
    execute("CREATE DATABASE alone");
    execute("DROP ROLE IF EXISTS outdated_app");
    execute("CREATE ROLE outdated_app LOGIN");
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = Postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection openIdle() throws SQLException {
    return java.sql.DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + Postgres.port() + "/alone", "postgres", "");
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection lease() throws SQLException {
    return new LogicalConnections().open(pool);
  }

  @Test
  void whatNeedsADatabaseAloneClosesItsIdleConnectionsFirst() throws SQLException {
    try (Connection idle = openIdle();
        Connection connection = lease();
        Statement statement = connection.createStatement()) {
      pool.hasIdle(() -> close(idle));
      statement.execute("ALTER DATABASE alone RENAME TO renamed");
      assertEquals(List.of(ALONE), pool.closedIdle());
      assertEquals(List.of(), pool.outdated());
    }
  }

  @Test
  void preparedBatchedAndVendorsStatementsAreSeen() throws SQLException {
    try (Connection connection = lease()) {
      try (PreparedStatement prepared = connection.prepareStatement("DROP DATABASE alone")) {
        assertEquals(List.of(), pool.closedIdle());
        prepared.execute();
        assertEquals(List.of(ALONE), pool.closedIdle());
      }
      try (Statement batch = connection.createStatement()) {
        batch.addBatch("CREATE DATABASE alone TEMPLATE template0");
        batch.addBatch("ALTER DATABASE alone RENAME TO renamed");
        assertEquals(1, pool.closedIdle().size());
        batch.executeBatch();
        assertEquals(
            new SessionFilter(Set.of("template0", "alone"), null, false), pool.closedIdle().get(1));
      }
      try (CallableStatement call =
          connection.prepareCall("ALTER DATABASE renamed RENAME TO alone")) {
        call.execute();
        assertEquals(SessionFilter.ofDatabase("renamed"), pool.closedIdle().get(2));
      }
      connection.unwrap(BaseConnection.class).execSQLUpdate("DROP DATABASE alone");
      assertEquals(ALONE, pool.closedIdle().get(3));
      assertEquals(4, pool.closedIdle().size());
    }
  }

  @Test
  void aRefusalIsRepeatedOnceWhenSomethingWasInTheWay() throws SQLException {
    try (Connection idle = openIdle();
        Connection connection = lease();
        Statement statement = connection.createStatement()) {
      // Nobody's name is seen in what a function does; here the first look finds nothing.
      pool.hasIdle(
          () -> {
            if (pool.closedIdle().size() == 2) {
              close(idle);
            }
          });
      statement.execute("ALTER DATABASE alone RENAME TO renamed");
      assertEquals(List.of(ALONE, SessionFilter.ALL), pool.closedIdle());
    }
  }

  @Test
  void aRefusalIsTheApplicationsWhenNothingWasClosedOrATransactionIsOpen() throws SQLException {
    try (Connection idle = openIdle();
        Connection connection = lease();
        Statement statement = connection.createStatement()) {
      String sql = "ALTER DATABASE alone RENAME TO renamed";
      SQLException refused = assertThrows(SQLException.class, () -> statement.execute(sql));
      assertEquals("55006", refused.getSQLState());
      assertEquals(List.of(ALONE, SessionFilter.ALL), pool.closedIdle());
      pool.closedIdle().clear();
      pool.hasIdle(() -> {});
      connection.setAutoCommit(false);
      assertThrows(SQLException.class, () -> statement.execute(sql));
      assertEquals(List.of(ALONE), pool.closedIdle());
      assertTrue(idle.isValid(5));
    }
  }

  @Test
  void aRefusalThatSpeaksOfTheSessionItselfIsNotRepeated() throws SQLException {
    pool.hasIdle(() -> {});
    try (Connection connection = lease();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE used AS SELECT 1 AS a");
      SQLException refused =
          assertThrows(
              SQLException.class,
              () ->
                  statement.execute(
                      "DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM used LOOP "
                          + "ALTER TABLE used ADD b int; END LOOP; END $$"));
      assertEquals("55006", refused.getSQLState());
      assertEquals(List.of(), pool.closedIdle());
    }
  }

  @Test
  void whatALoginGivesIsOutdatedWhenTheChangeIsCommitted() throws SQLException {
    SessionFilter app = SessionFilter.ofUsers(Set.of("outdated_app"));
    try (Connection connection = lease();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE outdated_app SET work_mem = '2MB'");
      assertEquals(List.of(app), pool.outdated());
      connection.setAutoCommit(false);
      statement.execute("ALTER ROLE outdated_app NOLOGIN");
      statement.execute("SELECT 1");
      assertEquals(1, pool.outdated().size());
      connection.commit();
      assertEquals(List.of(app, app), pool.outdated());
      statement.execute("ALTER ROLE outdated_app LOGIN");
    }
    assertEquals(List.of(app, app, app), pool.outdated());
  }

  @Test
  void aChangeThatFailsOutdatesNothing() throws SQLException {
    try (Connection connection = lease();
        Statement statement = connection.createStatement()) {
      assertThrows(
          SQLException.class, () -> statement.execute("ALTER ROLE nobody_there SET work_mem = 1"));
    }
    assertEquals(List.of(), pool.outdated());
  }
}
