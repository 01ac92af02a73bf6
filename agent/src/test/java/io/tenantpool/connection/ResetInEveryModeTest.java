package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** The reset works whatever the URL says of how the driver executes statements. */
class ResetInEveryModeTest {

  private static final LogicalConnections CONNECTIONS = new LogicalConnections();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prepareThreshold=5",
        "prepareThreshold=-1",
        "prepareThreshold=0",
        "prepareThreshold=1",
        "preferQueryMode=extendedCacheEverything",
        "preferQueryMode=extendedCacheEverything prepareThreshold=-1",
        "preferQueryMode=extendedCacheEverything prepareThreshold=1",
        "preferQueryMode=extendedForPrepared prepareThreshold=-1",
        "preferQueryMode=simple prepareThreshold=-1",
        "preparedStatementCacheQueries=0",
        "preparedStatementCacheQueries=0 prepareThreshold=-1",
        "preparedStatementCacheQueries=0 preferQueryMode=extendedCacheEverything",
        "binaryTransfer=false",
        "binaryTransfer=false prepareThreshold=-1",
        "prepareThreshold=-1 autosave=always",
        "prepareThreshold=-1 defaultRowFetchSize=2"
      })
  void theSameSessionServesOneLeaseAfterTheOther(String properties) throws SQLException {
    try (OneConnectionPool pool = OneConnectionPool.ofPostgres(properties.split("[ =]"))) {
      for (int lease = 0; lease < 12; lease++) {
        try (Connection connection = CONNECTIONS.open(pool)) {
          assertEquals(
              "0",
              ask(
                  connection,
                  "SELECT count(*) FROM pg_prepared_statements"
                      + " WHERE statement NOT LIKE '%pg_prepared_statements%'"));
          use(connection, lease % 2 == 0);
        }
        assertTrue(pool.keptConnection(), () -> "not reset: " + properties);
      }
    }
  }

  private static void use(Connection connection, boolean inTransaction) throws SQLException {
    connection.setAutoCommit(!inTransaction);
    for (int i = 0; i < 7; i++) {
      try (PreparedStatement statement = connection.prepareStatement("SELECT ?::int")) {
        statement.setInt(1, i);
        try (ResultSet result = statement.executeQuery()) {
          assertTrue(result.next());
          assertEquals(i, result.getInt(1));
        }
      }
    }
    ask(connection, "SHOW application_name");
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  @Test
  void theThresholdThatTheApplicationSetDoesNotReachTheReset() throws SQLException {
    try (OneConnectionPool pool = OneConnectionPool.ofPostgres()) {
      for (int lease = 0; lease < 3; lease++) {
        try (Connection connection = CONNECTIONS.open(pool)) {
          PGConnection settings = (PGConnection) connection;
          assertEquals(5, settings.getPrepareThreshold());
          settings.setPrepareThreshold(-1);
          assertEquals("1", ask(connection, "SELECT 1"));
        }
        assertTrue(pool.keptConnection());
      }
    }
  }

  @Test
  void aSessionThatWaitsForItsNextLeaseDoesNotKeepTheDriversTimer() throws SQLException {
    int others = Driver.getSharedTimer().getRefCount();
    try (OneConnectionPool pool = OneConnectionPool.ofPostgres()) {
      for (int lease = 0; lease < 2; lease++) {
        try (Connection connection = CONNECTIONS.open(pool);
            Statement statement = connection.createStatement()) {
          statement.setQueryTimeout(20);
          statement.execute("SELECT 1");
          assertEquals(others + 1, Driver.getSharedTimer().getRefCount());
        }
        assertTrue(pool.keptConnection());
        assertEquals(others, Driver.getSharedTimer().getRefCount());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&ApplicationName=shop"})
  void aSessionBehindAPoolerKeepsItsName(String property) throws SQLException, IOException {
    String name = property.isEmpty() ? "PostgreSQL JDBC Driver" : "shop";
    try (SilentPooler pooler = new SilentPooler();
        OneConnectionPool pool =
            new OneConnectionPool(
                () -> DriverConnection.of(DriverManager.getConnection(pooler.url() + property)))) {
      for (int lease = 0; lease < 3; lease++) {
        try (Connection connection = CONNECTIONS.open(pool)) {
          assertEquals(name, ask(connection, "SHOW application_name"));
        }
        assertTrue(pool.keptConnection());
      }
    }
  }
}
