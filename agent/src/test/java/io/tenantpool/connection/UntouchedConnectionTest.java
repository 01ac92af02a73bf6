package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

/** Which leases leave nothing to reset. */
class UntouchedConnectionTest {

  private interface Use {
    void of(Connection connection) throws SQLException;
  }

  private static boolean isUntouchedAfter(Use use) throws SQLException {
    try (OneConnectionPool pool =
        new OneConnectionPool(() -> DriverConnection.of(Postgres.connect()))) {
      Connection connection = new LogicalConnections().open(pool);
      use.of(connection);
      PhysicalConnection physical = pool.current();
      assertNotNull(physical);
      boolean untouched = physical.isUntouched();
      connection.close();
      return untouched;
    }
  }

  @Test
  void whatAsksNothingOfTheSessionLeavesItUntouched() throws SQLException {
    assertEquals(true, isUntouchedAfter(connection -> {}));
    assertEquals(true, isUntouchedAfter(Connection::isClosed));
  }

  @Test
  void whateverReachesTheDriverTouchesIt() throws SQLException {
    assertEquals(false, isUntouchedAfter(connection -> connection.createStatement().close()));
    assertEquals(false, isUntouchedAfter(connection -> connection.setAutoCommit(false)));
    assertEquals(false, isUntouchedAfter(Connection::getMetaData));
    assertEquals(false, isUntouchedAfter(connection -> connection.unwrap(PgConnection.class)));
  }

  @Test
  void aResetMakesItUntouchedAgain() throws SQLException {
    DriverConnection physical = DriverConnection.of(Postgres.connect());
    physical.markTouched();
    physical.reset();
    assertEquals(true, physical.isUntouched());
    physical.close();
  }
}
