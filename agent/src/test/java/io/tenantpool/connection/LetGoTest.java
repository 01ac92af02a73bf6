package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What stands where a lost connection was is closed, and says so. */
class LetGoTest {

  private final Connection gone = LetGo.CONNECTION;

  @Test
  void itIsClosedAndMayBeClosedAgain() throws SQLException {
    gone.close();
    gone.abort(Runnable::run);
    assertTrue(gone.isClosed());
  }

  @Test
  void whateverElseIsAskedSaysThatItWasLost() {
    SQLException lost = assertThrows(SQLException.class, gone::createStatement);
    assertEquals("08003", lost.getSQLState());
    assertEquals("the connection was lost", lost.getMessage());
  }

  @Test
  void itIsAnObjectLikeAnyOther() {
    assertEquals(gone, gone);
    assertNotEquals(gone, new Object());
    assertEquals(System.identityHashCode(gone), gone.hashCode());
    assertTrue(gone.toString().contains("lost"));
  }
}
