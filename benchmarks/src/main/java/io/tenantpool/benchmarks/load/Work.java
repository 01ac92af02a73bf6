package io.tenantpool.benchmarks.load;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done with an open connection. */
@FunctionalInterface
public interface Work {

  void run(Connection connection) throws SQLException;
}
