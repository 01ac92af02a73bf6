package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What casts doubt on a server, for whom, and what ends it. */
class ReachabilityTest {

  private final Reachability server = new Reachability();
  private final Reachability one = server.ofPoolKey();
  private final Reachability other = server.ofPoolKey();

  @ParameterizedTest
  @CsvSource({
    "08001, true", "08006, true", "08003, true", "57P01, true", "57P02, true", "57P03, true",
    "53300, false", "57P05, false", "25P03, false", "57014, false", "28P01, false", "3D000, false"
  })
  void aFailureCastsDoubtWhenTheServerMayBeGone(String sqlState, boolean doubtful) {
    one.failed(new SQLException("refused", sqlState));
    assertEquals(doubtful, one.isInDoubt());
  }

  @Test
  void aServerWithoutRoomIsThere() {
    one.failed(new SQLException("too many connections", "08004", 1040));
    assertFalse(one.isInDoubt());
  }

  @Test
  void oneFailureIsEverybodysDoubt() {
    one.failed(new SQLException("refused", "08001"));
    assertTrue(other.isInDoubt());
  }

  @Test
  void anAnswerToOneLeavesTheOthersTheirOwnDoubts() {
    one.doubt();
    other.answered();
    assertFalse(other.isInDoubt());
    assertTrue(one.isInDoubt(), "its own connect has failed, and nothing else has proved it wrong");
    one.answered();
    assertFalse(one.isInDoubt());
  }
}
