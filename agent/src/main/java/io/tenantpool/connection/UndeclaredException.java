package io.tenantpool.connection;

import java.sql.SQLException;

/**
 * A driver has thrown what the method that the agent called does not declare; the cause is that.
 */
final class UndeclaredException extends SQLException {

  private static final long serialVersionUID = 1L;

  UndeclaredException(String what, Throwable thrown) {
    super(what, thrown);
  }
}
