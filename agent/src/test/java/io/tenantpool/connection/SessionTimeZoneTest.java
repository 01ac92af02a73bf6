package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session that is opened for a key of another zone than the JVM has by then. */
class SessionTimeZoneTest {

  /** What the driver would have sent, on the right. */
  @ParameterizedTest
  @CsvSource({
    "America/Los_Angeles, America/Los_Angeles",
    "UTC, UTC",
    "GMT+05:30, GMT-05:30",
    "GMT-03:00, GMT+03:00",
    "GMT, GMT"
  })
  void itHasTheZoneOfItsKeyAlsoAfterAReset(String zone, String shown) throws SQLException {
    DriverConnection physical = DriverConnection.of(Postgres.connect(), zone, null);
    try {
      Connection raw = physical.driverConnection();
      String before = PortableConnectionCase.ask(raw, "SHOW TimeZone");
      assertEquals(shown, before);
      physical.markTouched();
      PortableConnectionCase.run(raw, "SET TimeZone = 'Asia/Tokyo'");
      physical.reset();
      assertEquals(before, PortableConnectionCase.ask(raw, "SHOW TimeZone"));
    } finally {
      physical.close();
    }
  }

  @Test
  void aZoneThatTheServerDoesNotKnowFailsTheOpening() throws SQLException {
    Connection raw = Postgres.connect();
    assertThrows(SQLException.class, () -> DriverConnection.of(raw, "No/Where", null));
    assertEquals(true, raw.isClosed());
  }
}
