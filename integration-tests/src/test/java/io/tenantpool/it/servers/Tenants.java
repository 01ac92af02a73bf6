package io.tenantpool.it.servers;

import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A server for fewer connections than the pools of one tenant hold, and a database for each tenant.
 *
 * @param databases the database of tenant n at n
 */
record Tenants(TestPostgres postgres, String user, List<String> databases)
    implements AutoCloseable {

  static final int COUNT = 8;

  /** What each of the server's pools holds. */
  static final int POOL_SIZE = 25;

  static final int BUDGET = 10;

  /** What the server's pools execute on a new connection, and what it then shows. */
  static final String INITIAL_SQL = "SET lock_timeout = 4321";

  static final String PASSWORD = "secret";

  static Tenants create() throws SQLException {
    // Three of them are for superusers.
    TestPostgres postgres = TestPostgres.start(Map.of("max_connections", "" + (2 * BUDGET + 3)));
    String user = postgres.createUser("servers", PASSWORD);
    List<String> databases = postgres.createDatabases("tenant", COUNT);
    for (String database : databases) {
      postgres.execute(
          database, "CREATE TABLE units (number int, pid int)", "GRANT ALL ON units TO " + user);
    }
    return new Tenants(postgres, user, databases);
  }

  /** What {@code describe} makes of each tenant's number, in order. */
  String each(String separator, IntStringFunction describe) {
    return IntStream.range(0, COUNT)
        .mapToObj(describe::apply)
        .collect(Collectors.joining(separator));
  }

  @Override
  public void close() {
    postgres.close();
  }

  /** Of the number of a tenant. */
  interface IntStringFunction {
    String apply(int tenant);
  }
}
