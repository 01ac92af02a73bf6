package io.tenantpool.it.jmx;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * An application with a HikariCP pool for each tenant, named like it and shown in JMX. Arguments:
 * user, password, and for each tenant its name and its URL.
 */
final class HikariProgram {

  private HikariProgram() {}

  @SuppressWarnings("MustBeClosedChecker") // The pools live as long as the program.
  public static void main(String[] arguments) throws SQLException, IOException {
    for (int i = 2; i < arguments.length; i += 2) {
      HikariConfig config = new HikariConfig();
      config.setUsername(arguments[0]);
      config.setPassword(arguments[1]);
      config.setPoolName(arguments[i]);
      config.setJdbcUrl(arguments[i + 1]);
      config.setMaximumPoolSize(1);
      config.setRegisterMbeans(true);
      HikariDataSource pool = new HikariDataSource(config);
      try (Connection connection = pool.getConnection()) {
        connection.isValid(5);
      }
    }
    System.out.println("ready");
    System.in.read();
  }
}
