package io.tenantpool.connection;

import java.sql.SQLException;

/**
 * How a logical connection asks for a physical one; the pool implements it, bound to one pool key.
 */
@FunctionalInterface
public interface LeaseSource {

  /**
   * Waits for a physical connection, opening one where that is allowed.
   *
   * @throws SQLException what the driver threw while opening one, or a {@link
   *     java.sql.SQLTransientConnectionException} with SQLState {@code 53300} when the acquire
   *     timeout has passed
   */
  Lease acquire() throws SQLException;

  /**
   * The application has got a logical connection: a physical one without the agent. Never throws.
   */
  default void opened() {}

  /** Whether SQL of several statements is refused, as an operator has asked for. */
  default boolean allowsOneStatement() {
    return false;
  }
}
