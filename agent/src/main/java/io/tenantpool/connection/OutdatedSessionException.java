package io.tenantpool.connection;

import java.sql.SQLException;

/**
 * A session cannot be made like a new one, because a login would give something else now, or would
 * be refused: the connection is to be closed, and whoever wanted it gets one that logs in.
 */
public final class OutdatedSessionException extends SQLException {

  private static final long serialVersionUID = 1;

  /** With the reason, for the log. */
  public OutdatedSessionException(String reason) {
    super(reason);
  }
}
