package io.tenantpool.pool;

import java.sql.SQLException;

/**
 * Nothing is lent, because the mode was switched away from pooling. Never reaches the application:
 * whoever borrows for it goes to the driver instead.
 */
public final class NotPoolingException extends SQLException {

  private static final long serialVersionUID = 1L;

  NotPoolingException(String server) {
    super("tenant-pool: nothing is pooled of " + server + " just now", "08003");
  }
}
