package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.bootstrap.BridgeHolder;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each version, as it is loaded with the agent, over a driver that tells what it was asked for. */
class CommonsDbcp2Test {

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @BeforeEach
  void standAtTheDoor() {
    BridgeHolder.set(tape);
  }

  @AfterEach
  void leaveNoBridgeBehind() {
    BridgeHolder.set(null);
  }

  @ParameterizedTest
  @CsvSource({"2.9.0, false", "2.9.0, true", "2.14.0, false", "2.14.0, true"})
  void creatingHoldsTheSetUpAndReturningFollowsTheRollBack(String version, boolean cached)
      throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, "SET x").with("poolPreparedStatements", cached)) {
      pool.getConnection().close();
      tape.take();
      Connection one = pool.getConnection();
      assertEquals(List.of("lent c1", "c1 isValid"), tape.take());
      Connection two = pool.getConnection();
      assertEquals(
          List.of(
              "creating",
              "connect",
              "c2 SET x",
              "created",
              "c2 setAutoCommit",
              "lent c2",
              "c2 isValid"),
          tape.take());
      two.createStatement().execute("INSERT");
      two.close();
      one.close();
      assertEquals(
          List.of("c2 INSERT", "c2 rollback", "returned c2", "c1 rollback", "returned c1"),
          tape.take());
      assertEquals(
          Set.of("org/apache/commons/dbcp2/PoolableConnectionFactory"), loader.rewritten());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.9.0", "2.14.0"})
  void aCreationThatFailsIsLeftAsWell(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, "fail")) {
      assertThrows(SQLException.class, pool::getConnection);
      assertEquals(List.of("creating", "connect", "c1 fail", "c1 close", "created"), tape.take());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.9.0", "2.14.0"})
  void aRollBackThatFailsReturnsNothing(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, "SET x")) {
      Connection connection = pool.getConnection();
      tape.take();
      driver.failAt("rollback");
      connection.close();
      assertEquals(List.of("c1 close"), tape.take());
    }
  }

  private static PoolLoader loader(String version) {
    return new PoolLoader(
        PoolLibrary.ALL,
        "commons-dbcp2-" + version,
        "commons-pool2-2.12.1",
        "commons-logging-1.3.5");
  }

  private BeanPool pool(PoolLoader loader, String initialSql) throws Exception {
    return new BeanPool(loader, "org.apache.commons.dbcp2.BasicDataSource")
        .with("driver", Driver.class, driver)
        .with("url", "jdbc:postgresql://db/acme")
        .with("connectionInitSqls", java.util.Collection.class, List.of(initialSql))
        .with("defaultAutoCommit", Boolean.class, false)
        .with("autoCommitOnReturn", false);
  }
}
