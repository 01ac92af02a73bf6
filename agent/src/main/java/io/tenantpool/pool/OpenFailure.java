package io.tenantpool.pool;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/**
 * What the failure of a connect says of the server and of the request. The states are those of <a
 * href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, appendix A</a>
 * and of its driver.
 */
enum OpenFailure {
  /** The server has answered: it has no room. */
  FULL,

  /** The server has answered: it does not let this request in. */
  DENIED,

  /** It says something of the request, if anything; whether the server is there is not said. */
  OTHER,

  /** Something on the way to this database did not answer: perhaps the server, perhaps not. */
  SILENT,

  /** Host and port cannot be reached, by nobody. */
  AWAY;

  private static final Set<String> ANSWERED = Set.of("28", "3D", "42", "53", "54", "55", "57");

  /** The server shuts down or starts. */
  private static final Set<String> GOES = Set.of("57P01", "57P02", "57P03");

  /** What the driver says of an answer that it does not like. */
  private static final Set<String> REJECTED = Set.of("08004", "08P01");

  private static final int LONGEST_CHAIN = 16;

  /** What this one says. */
  static OpenFailure of(SQLException failure) {
    if (ServerFull.says(failure)) {
      return FULL;
    }
    String state = String.valueOf(failure.getSQLState());
    String of = state.substring(0, Math.min(2, state.length()));
    if (GOES.contains(state)) {
      return SILENT;
    }
    if (ANSWERED.contains(of)) {
      return DENIED;
    }
    if (!"08".equals(of) || REJECTED.contains(state)) {
      return OTHER;
    }
    return isBeforeAnyDatabase(failure) ? AWAY : SILENT;
  }

  /**
   * Whether another try may well succeed a moment later, and nobody needs to know of this one: the
   * server starts or shuts down, or it has hung up during the login. Not a connection that was
   * refused: whoever asks for one on a port where nobody listens is told so at once without the
   * agent, and may go elsewhere.
   */
  static boolean isMendable(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return GOES.contains(state) || (state.startsWith("08") && hasHungUp(failure));
  }

  private static boolean isBeforeAnyDatabase(SQLException failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < LONGEST_CHAIN; i++, cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnknownHostException
          || (cause instanceof SocketTimeoutException && saysOf(cause, "connect"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasHungUp(SQLException failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < LONGEST_CHAIN; i++, cause = cause.getCause()) {
      if (cause instanceof EOFException
          || (cause instanceof SocketException
              && (saysOf(cause, "reset") || saysOf(cause, "broken pipe")))) {
        return true;
      }
    }
    return false;
  }

  private static boolean saysOf(Throwable cause, String word) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(word);
  }
}
