package io.tenantpool.connection;

import java.sql.SQLException;

/**
 * How a portable connection gets a lease whose session is not lost already, as far as that can be
 * known before the application asks anything of it. Nothing of the application's is ever sent
 * twice.
 */
final class LeaseBegin {

  private LeaseBegin() {}

  /**
   * Begins a lease; one whose session answers, if the application pool was {@linkplain
   * Portability#promise promised} that.
   */
  static Binding of(Portability connection) throws SQLException {
    connection.noteUnlent();
    int promised = connection.takePromise();
    return promised < 0 ? unasked(connection) : proven(connection, promised);
  }

  /**
   * Begins a lease whose session gives a sign of life within so many seconds, or has just given
   * one.
   *
   * @throws SQLException also when there is none that does
   */
  static Binding proven(Portability connection, int seconds) throws SQLException {
    connection.takePromise();
    for (boolean again = true; ; again = false) {
      Binding binding = unasked(connection);
      boolean answers = false;
      try {
        answers = binding.hasAnswered() || SignOfLife.of(binding.physical(), seconds);
      } finally {
        // Also when the driver throws what it must not.
        if (!answers) {
          connection.reachability().doubt();
          binding.end(false);
        }
      }
      if (answers) {
        connection.reachability().answered();
        return binding;
      }
      if (!again) {
        throw new SQLException(
            "tenant-pool: the session gave no sign of life", SqlStates.CONNECTION_FAILURE);
      }
    }
  }

  private static Binding unasked(Portability connection) throws SQLException {
    while (true) {
      try {
        return unlessLost(connection);
      } catch (OutdatedSessionException closed) {
        // The pool has one fewer of that kind now; the next may be new.
      }
    }
  }

  /**
   * A session that turns out to be lost while it is being set up is replaced, once: the next one
   * has been asked for a sign of life, or is new.
   */
  private static Binding unlessLost(Portability connection) throws SQLException {
    Lease first = connection.acquire();
    try {
      return connection.begin(first);
    } catch (OutdatedSessionException e) {
      throw e;
    } catch (SQLException e) {
      if (first.hasAnswered() || !((DriverConnection) first.physical()).isBroken()) {
        throw e;
      }
      connection.reachability().failed(e);
    }
    return connection.begin(connection.acquire());
  }
}
