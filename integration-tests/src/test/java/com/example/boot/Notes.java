package com.example.boot;

import io.tenantpool.it.cap.CountingSocketFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Reads each tenant's note, first one tenant after the other, then all at once. Arguments: URL with
 * {@code %s} for the database, user, password, databases.
 */
public final class Notes {

  private static final int THREADS = 8;
  private static final int ROUNDS = 40;

  private Notes() {}

  public static void main(String[] arguments) throws Exception {
    List<String> databases = List.of(arguments).subList(3, arguments.length);
    for (String database : databases) {
      DataSource dataSource = dataSource(arguments, database);
      for (int i = 0; i < 2; i++) {
        Map<String, Object> row =
            new JdbcTemplate(dataSource).queryForMap("SELECT text, pg_backend_pid() pid FROM note");
        System.out.println(database + " " + row.get("text") + " " + row.get("pid"));
      }
    }
    System.out.println("driver " + vendorInterface(dataSource(arguments, databases.get(0))));
    System.out.println("wrong " + inParallel(arguments, databases));
    System.out.println("most sockets " + CountingSocketFactory.PEAK);
  }

  private static DataSource dataSource(String[] arguments, String database) {
    return new DriverManagerDataSource(
        String.format(arguments[0], database), arguments[1], arguments[2]);
  }

  /** Whether cast and unwrap lead to the driver's interface, and who loaded that. */
  private static String vendorInterface(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      int cast = ((PGConnection) connection).getBackendPID();
      int unwrapped = connection.unwrap(PGConnection.class).getBackendPID();
      return (cast == unwrapped) + " " + PGConnection.class.getClassLoader().getClass().getName();
    }
  }

  private static long inParallel(String[] arguments, List<String> databases) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS * ROUNDS; i++) {
        String database = databases.get(i % databases.size());
        JdbcTemplate template = new JdbcTemplate(dataSource(arguments, database));
        tasks.add(
            () ->
                ("note of " + database)
                    .equals(template.queryForObject("SELECT text FROM note", String.class)));
      }
      long wrong = 0;
      for (Future<Boolean> right : threads.invokeAll(tasks)) {
        wrong += right.get() ? 0 : 1;
      }
      return wrong;
    } finally {
      threads.shutdown();
    }
  }
}
