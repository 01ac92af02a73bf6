package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.Router;
import io.tenantpool.upkeep.Faults;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What would have been opened without the agent: each connection that somebody got, once. */
class AskedConnectionsTest {

  private static final String URL = "jdbc:postgresql://db:5432/acme";

  private final Settings settings = Settings.of("acquire-timeout=1s,max-connections=4");
  private final PoolManager pool =
      new PoolManager(settings, Ticker.system(), new PoolListener() {});
  private final Redirect redirect =
      new Redirect(
          new Router(settings, System::nanoTime),
          pool,
          new LogicalConnections(),
          new Creations(),
          new Faults(System.err),
          new ModeSwitch(Mode.POOL));
  private final TapedDriver driver = new TapedDriver(new Tape());

  @AfterEach
  void closePool() {
    pool.close();
  }

  private Connection direct(Driver with, String url) throws Throwable {
    return (Connection) Objects.requireNonNull(redirect.connect(with, url, new Properties()));
  }

  private Connection pooled(Driver with, String url, String library) throws Throwable {
    redirect.creating(library, library);
    try {
      return direct(with, url);
    } finally {
      redirect.created();
    }
  }

  private void assertAsked(long direct, Map<String, Long> byPools) {
    ServerSnapshot server = pool.servers().get(0);
    assertEquals(direct, server.direct());
    assertEquals(byPools, server.openedByPools());
  }

  @Test
  void theApplicationsOwnAreItsOwn() throws Throwable {
    for (int i = 0; i < 3; i++) {
      direct(driver, URL).close();
    }
    assertAsked(3, Map.of());
  }

  @Test
  void thoseOfAPoolWhoseSessionsCannotBeSharedArePoolsOnes() throws Throwable {
    try (Connection first = pooled(driver, URL, "HikariCP");
        Connection second = pooled(driver, URL, "HikariCP");
        Connection other = pooled(driver, URL, "Agroal")) {
      assertAsked(0, Map.of("HikariCP", 2L, "Agroal", 1L));
    }
  }

  @Test
  void whatFailsIsNobodys() throws Throwable {
    direct(driver, URL).close();
    driver.failAt("connect");
    assertThrows(SQLException.class, () -> direct(driver, URL));
    assertThrows(SQLException.class, () -> pooled(driver, URL + "2", "HikariCP"));
    assertAsked(1, Map.of());
  }

  @Test
  void thoseThatAPoolSharesAreCountedOnceThoughTheFirstLogsInAndOthersNever() throws Throwable {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      Driver real = new org.postgresql.Driver();
      String url = postgres.getJdbcUrl("postgres", "postgres");
      try (Connection first = pooled(real, url, "HikariCP");
          Connection second = pooled(real, url, "HikariCP");
          Connection own = direct(real, url)) {
        for (int i = 0; i < 3; i++) {
          redirect.lent(second);
          try (Statement statement = second.createStatement()) {
            statement.execute("SELECT 1");
          }
          redirect.returned(second);
        }
        assertAsked(1, Map.of("HikariCP", 2L));
      }
      String none = postgres.getJdbcUrl("postgres", "no_such_database");
      assertThrows(SQLException.class, () -> pooled(real, none, "HikariCP"));
      assertAsked(1, Map.of("HikariCP", 2L));
    }
  }
}
