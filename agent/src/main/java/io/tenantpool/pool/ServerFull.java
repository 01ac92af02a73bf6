package io.tenantpool.pool;

import java.sql.SQLException;

/**
 * Whether a server refused a connection because it has no room: SQLState {@code 53300}
 * too_many_connections (PostgreSQL, appendix A), error 1040 (MySQL and MariaDB).
 */
final class ServerFull {

  private ServerFull() {}

  static boolean says(SQLException failure) {
    return "53300".equals(failure.getSQLState())
        || ("08004".equals(failure.getSQLState()) && failure.getErrorCode() == 1040);
  }
}
