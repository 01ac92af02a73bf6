package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each version, as it is loaded with the agent, over a driver that tells what it was asked for. */
class HikariCpTest {

  private static final String POOL = "com/zaxxer/hikari/pool/";

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape);

  @ParameterizedTest
  @ValueSource(strings = {"3.4.5", "4.0.3", "5.1.0", "6.3.3", "7.1.0"})
  void creatingHoldsTheSetUpAndReturningFollowsTheRollBack(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, "SET x")) {
      Connection connection = pool.getConnection();
      List<String> opening = tape.take(entry -> !entry.endsWith("isValid"));
      assertEquals(
          List.of("creating", "connect", "c1 setAutoCommit", "c1 SET x", "created", "lent c1"),
          opening);
      connection.createStatement().execute("INSERT");
      connection.close();
      assertEquals(List.of("c1 INSERT", "c1 rollback", "returned c1"), tape.take());
      assertEquals(
          Set.of(POOL + "PoolBase", POOL + "PoolEntry", POOL + "ProxyConnection"),
          loader.rewritten());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.4.5", "4.0.3", "5.1.0", "6.3.3", "7.1.0"})
  void aCreationThatFailsIsLeftAsWell(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, "fail")) {
      assertThrows(SQLException.class, pool::getConnection);
      List<String> entries = tape.take(entry -> entry.startsWith("creat"));
      assertEquals(0, entries.size() % 2);
      for (int i = 0; i < entries.size(); i++) {
        assertEquals(i % 2 == 0 ? "creating" : "created", entries.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.4.5", "4.0.3", "5.1.0", "6.3.3", "7.1.0"})
  void whatTheApplicationUnwrapsStandsForTheSession(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, "SET x");
        Connection connection = pool.getConnection()) {
      Connection standIn = driver.connect("jdbc:postgresql://db/acme", new Properties());
      tape.standIn(standIn);
      assertSame(standIn, connection.unwrap(standIn.getClass()));
    }
  }

  private static PoolLoader loader(String version) {
    return new PoolLoader(PoolLibrary.ALL, "HikariCP-" + version);
  }

  private BeanPool pool(PoolLoader loader, String initialSql) throws Exception {
    return new BeanPool(loader, "com.zaxxer.hikari.HikariDataSource")
        .with("dataSource", DataSource.class, new TapedDataSource(driver))
        .with("connectionInitSql", initialSql)
        .with("autoCommit", false)
        .with("minimumIdle", 0)
        .with("maximumPoolSize", 1)
        .with("connectionTimeout", 250L)
        .with("initializationFailTimeout", -1L);
  }
}
