package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08000", "08003", "08006", "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04",
        "01002", "JZ0C0", "JZ0C1"
      })
  void aLostSessionIsFatal(String state) {
    assertTrue(SqlStates.isFatal(new SQLException("x", state)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0A000", "57014", "25P02", "40001", "22012", "53300", ""})
  void anyOtherFailureIsNot(String state) {
    assertFalse(SqlStates.isFatal(new SQLException("x", state)));
    assertFalse(SqlStates.isFatal(new SQLException("no state")));
  }

  @Test
  void theWholeChainIsLookedAt() {
    SQLException lost = new SQLException("x", "08006");
    SQLException next = new SQLException("batch", "22012");
    next.setNextException(new SQLException("middle", "22012"));
    next.setNextException(lost);
    assertTrue(SqlStates.isFatal(next));
    assertTrue(SqlStates.isFatal(new SQLException("x", "22012", lost)));
    assertTrue(SqlStates.isFatal(new SQLException("x", "22012", new IOException(lost))));
    assertFalse(SqlStates.isFatal(new SQLException("x", "22012", new IOException("y"))));
  }

  @Test
  void aLoopInTheChainEnds() {
    SQLException one = new SQLException("one", "22012");
    SQLException two = new SQLException("two", "22012", one);
    one.initCause(two);
    assertFalse(SqlStates.isFatal(one));
  }

  @Test
  void aFullServerIsRecognised() {
    assertTrue(SqlStates.isServerFull(new SQLException("x", "53300")));
    assertTrue(SqlStates.isServerFull(new SQLException("x", "08004", 1040)));
    assertFalse(SqlStates.isServerFull(new SQLException("x", "08004", 1045)));
    assertFalse(SqlStates.isServerFull(new SQLException("x", "08006")));
  }
}
