package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What each failure of a connect is taken for. */
class OpenFailureTest {

  private static SQLException of(String state, IOException cause) {
    return new SQLException("the driver's words", state, cause);
  }

  private static OpenFailure kind(String state) {
    return OpenFailure.of(new SQLException("the server's words", state));
  }

  @Test
  void hostAndPortThatCannotBeReachedAreNobodys() {
    for (IOException cause :
        new IOException[] {
          new ConnectException("Connection refused"),
          new NoRouteToHostException("No route to host"),
          new UnknownHostException("db"),
          new SocketTimeoutException("Connect timed out"),
          new SocketTimeoutException("connect timed out")
        }) {
      assertEquals(OpenFailure.AWAY, OpenFailure.of(of("08001", cause)), cause::toString);
      assertFalse(OpenFailure.isMendable(of("08001", cause)), cause::toString);
    }
  }

  @Test
  void whoDoesNotAnswerMayBeTheDatabaseAlone() {
    assertEquals(
        OpenFailure.SILENT,
        OpenFailure.of(of("08001", new SocketTimeoutException("Read timed out"))));
    assertEquals(OpenFailure.SILENT, OpenFailure.of(of("08006", new EOFException())));
    assertEquals(OpenFailure.SILENT, kind("08001"));
    assertEquals(OpenFailure.SILENT, kind("57P03"));
  }

  @Test
  void aRefusalIsAnAnswer() {
    for (String state : new String[] {"28P01", "28000", "3D000", "42501", "42704", "55000"}) {
      assertEquals(OpenFailure.DENIED, kind(state), state);
      assertFalse(OpenFailure.isMendable(new SQLException("no", state)), state);
    }
    assertEquals(OpenFailure.FULL, kind("53300"));
    assertEquals(OpenFailure.FULL, OpenFailure.of(new SQLException("too many", "08004", 1040)));
  }

  @Test
  void whatTheDriverFindsByItselfSaysNothingOfTheServer() {
    for (String state : new String[] {"08004", "08P01", "22023", "99999", "", null}) {
      assertEquals(OpenFailure.OTHER, kind(state), state);
    }
  }

  @Test
  void aServerThatStartsOrHangsUpIsTriedAgain() {
    for (String state : new String[] {"57P01", "57P02", "57P03"}) {
      assertTrue(OpenFailure.isMendable(new SQLException("starting up", state)), state);
    }
    assertTrue(OpenFailure.isMendable(of("08001", new EOFException())));
    assertTrue(OpenFailure.isMendable(of("08006", new SocketException("Connection reset"))));
    assertTrue(OpenFailure.isMendable(of("08006", new SocketException("Broken pipe"))));
    assertFalse(OpenFailure.isMendable(of("08006", new SocketTimeoutException("Read timed out"))));
    assertFalse(OpenFailure.isMendable(new SQLException("refused", "08001")));
  }
}
