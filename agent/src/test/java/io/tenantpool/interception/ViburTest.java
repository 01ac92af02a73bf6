package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.sql.Connection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each version, as it is loaded with the agent, over a driver that tells what it was asked for. */
class ViburTest {

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape);

  @ParameterizedTest
  @ValueSource(strings = {"22.2", "26.0"})
  void creatingHoldsTheSetUpAndReturningFollowsTheReset(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader)) {
      Connection connection = pool.getConnection();
      assertEquals(
          // One such method calls the other.
          List.of(
              "connect",
              "c1 SET x",
              "c1 setAutoCommit",
              "created",
              "lent c1",
              "created",
              "lent c1"),
          tape.take(entry -> !entry.equals("creating")));
      connection.createStatement().execute("INSERT");
      connection.setAutoCommit(true);
      connection.close();
      assertEquals(
          List.of("c1 INSERT", "c1 setAutoCommit", "c1 setAutoCommit", "returned c1"), tape.take());
      pool.getConnection().close();
      assertEquals(List.of("lent c1", "c1 setAutoCommit", "returned c1"), tape.take());
      assertEquals(
          Set.of(
              "org/vibur/dbcp/pool/ConnectionFactory",
              "org/vibur/dbcp/proxy/AbstractInvocationHandler"),
          loader.rewritten());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"22.2", "26.0"})
  void whatTheApplicationUnwrapsStandsForTheSession(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader);
        Connection connection = pool.getConnection()) {
      Connection standIn = driver.connect("jdbc:postgresql://db/acme", new Properties());
      tape.standIn(standIn);
      assertSame(standIn, connection.unwrap(standIn.getClass()));
    }
  }

  private static PoolLoader loader(String version) {
    return new PoolLoader(PoolLibrary.ALL, "vibur-dbcp-" + version, "vibur-object-pool-" + version);
  }

  private BeanPool pool(PoolLoader loader) throws Exception {
    BeanPool pool =
        new BeanPool(loader, "org.vibur.dbcp.ViburDBCPDataSource")
            .with("externalDataSource", DataSource.class, new TapedDataSource(driver))
            .with("initSQL", "SET x")
            .with("defaultAutoCommit", Boolean.class, false)
            .with("poolInitialSize", 0)
            .with("poolMaxSize", 1)
            .with("resetDefaultsAfterUse", true);
    pool.dataSource().getClass().getMethod("start").invoke(pool.dataSource());
    return pool;
  }
}
