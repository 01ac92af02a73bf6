package io.tenantpool.connection;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/**
 * A connection of an application pool needs a session, and the server refuses its login, also with
 * what the pool itself would log in with now. The connection is lost: the application pool replaces
 * it. Never leaves the agent; the application gets {@link #forApplication}.
 */
public final class LoginRefusedException extends SQLException {

  private static final long serialVersionUID = 1L;
  private static final String CONNECTION_LOST = "08006";

  /**
   * @param refusal what the driver said
   * @param whose tenant and server, for the reader of the message
   */
  public LoginRefusedException(SQLException refusal, String whose) {
    super(
        "tenant-pool: this connection of an application pool lost its session, and the server"
            + " refused to log it in again (SQLState "
            + refusal.getSQLState()
            + ") for "
            + whose
            + ". The connection counts as lost; give the pool the present credentials",
        CONNECTION_LOST,
        refusal);
  }

  /** What the driver said, for one who has no connection yet. */
  SQLException refusal() {
    return getCause() instanceof SQLException driver ? driver : forApplication();
  }

  /** The same as a class of the JDK. */
  SQLException forApplication() {
    return new SQLNonTransientConnectionException(getMessage(), getSQLState(), getCause());
  }
}
