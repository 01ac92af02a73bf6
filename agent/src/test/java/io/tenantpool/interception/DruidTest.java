package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.sql.Connection;
import java.sql.Driver;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each version, as it is loaded with the agent, over a driver that tells what it was asked for. */
class DruidTest {

  private static final String POOL = "com/alibaba/druid/pool/";

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape);

  /** With a filter, the pool holds one more wrapper around the driver's connection. */
  @ParameterizedTest
  @CsvSource({"1.1.24,''", "1.1.24,stat", "1.2.28,''", "1.2.28,stat"})
  void creatingHoldsTheSetUpAndReturningFollowsTheRollBack(String version, String filters)
      throws Exception {
    try (PoolLoader loader = new PoolLoader(PoolLibrary.ALL, "druid-" + version);
        BeanPool pool = pool(loader, filters)) {
      Connection connection = pool.getConnection();
      List<String> opening = tape.take();
      List<String> setUp = opening.subList(0, opening.lastIndexOf("created") + 1);
      assertEquals("creating", setUp.get(0));
      assertEquals(1, setUp.stream().filter("connect"::equals).count());
      assertEquals(1, setUp.stream().filter("c1 SET x"::equals).count());
      assertEquals(List.of("lent c1"), opening.subList(setUp.size(), opening.size()));
      connection.createStatement().execute("INSERT");
      connection.close();
      List<String> closing = tape.take();
      assertEquals("c1 INSERT", closing.get(0));
      assertEquals("c1 rollback", closing.get(1));
      assertEquals("returned c1", closing.get(closing.size() - 1));
      assertEquals(
          Set.of(
              POOL + "DruidAbstractDataSource",
              POOL + "DruidDataSource",
              POOL + "DruidPooledConnection",
              POOL + "PoolableWrapper"),
          loader.rewritten());
    }
  }

  @ParameterizedTest
  @CsvSource({"1.1.24", "1.2.28"})
  void whatTheApplicationUnwrapsStandsForTheSession(String version) throws Exception {
    try (PoolLoader loader = new PoolLoader(PoolLibrary.ALL, "druid-" + version);
        BeanPool pool = pool(loader, "");
        Connection connection = pool.getConnection()) {
      Connection standIn = driver.connect("jdbc:postgresql://db/acme", new Properties());
      tape.standIn(standIn);
      assertSame(standIn, connection.unwrap(standIn.getClass()));
    }
  }

  private BeanPool pool(PoolLoader loader, String filters) throws Exception {
    return new BeanPool(loader, "com.alibaba.druid.pool.DruidDataSource")
        .with("driver", Driver.class, driver)
        .with("url", "jdbc:postgresql://db/acme")
        .with("filters", filters)
        .with("connectionInitSqls", Collection.class, List.of("SET x"))
        .with("defaultAutoCommit", false)
        .with("testWhileIdle", false)
        .with("initialSize", 0)
        .with("minIdle", 0)
        .with("maxActive", 1);
  }
}
