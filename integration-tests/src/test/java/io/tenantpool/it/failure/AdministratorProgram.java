package io.tenantpool.it.failure;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An application that also administrates its databases. Knows nothing of the agent. Does what each
 * line of its standard input says: {@code direct URL SQL} in a connection of its own, {@code pool
 * URL} begins a HikariCP, {@code pooled SQL} in one of its connections, {@code soft-evict}, {@code
 * close-pool}.
 */
final class AdministratorProgram {

  private @Nullable HikariDataSource pool;

  private AdministratorProgram() {}

  public static void main(String[] arguments) throws IOException {
    AdministratorProgram program = new AdministratorProgram();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println("seen\t" + program.obey(line.split(" ", 3)));
      }
    }
  }

  private String obey(String[] words) {
    try {
      switch (words[0]) {
        case "direct" -> {
          try (Connection connection = DriverManager.getConnection(words[1])) {
            return run(connection, words[2]);
          }
        }
        case "pool" -> {
          HikariConfig config = new HikariConfig();
          config.setJdbcUrl(words[1]);
          config.setMaximumPoolSize(2);
          pool = new HikariDataSource(config);
          return "done";
        }
        case "pooled" -> {
          try (Connection connection = pool().getConnection()) {
            return run(connection, words.length > 2 ? words[1] + " " + words[2] : words[1]);
          }
        }
        case "soft-evict" -> {
          pool().getHikariPoolMXBean().softEvictConnections();
          awaitNewConnections();
          return "done";
        }
        case "close-pool" -> {
          pool().close();
          return "done";
        }
        default -> throw new IllegalArgumentException(words[0]);
      }
    } catch (SQLException e) {
      return "refused " + e.getSQLState();
    }
  }

  private HikariDataSource pool() {
    HikariDataSource current = pool;
    if (current == null) {
      throw new IllegalStateException("there is no pool");
    }
    return current;
  }

  /** HikariCP closes on a thread of its own. */
  private void awaitNewConnections() {
    long end = System.nanoTime() + 2_000_000_000L;
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(100_000_000L);
    }
  }

  private static String run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "done";
      }
      try (ResultSet result = statement.getResultSet()) {
        return result.next() ? result.getString(1) : "no row";
      }
    }
  }
}
