package com.acme;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** Somebody's application, outside the packages of the agent. */
public final class OrderDao {

  private OrderDao() {}

  /** One call site, whoever calls. */
  public static void unwrap(Connection connection) throws SQLException {
    connection.unwrap(PgConnection.class);
  }

  /** A call site whose source line is hidden in a lambda. */
  public static void copyInLambda(Connection connection) throws Exception {
    java.util.concurrent.Callable<Object> call = () -> ((PGConnection) connection).getCopyAPI();
    call.call();
  }

  /** Somebody's call below this one. */
  public static void run(Runnable call) {
    call.run();
  }
}
