package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each version, as it is loaded with the agent, over a driver that tells what it was asked for. */
class CommonsDbcp2Test {

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape);

  @ParameterizedTest
  @CsvSource({
    "2.9.0, false",
    "2.9.0, true",
    "2.14.0, false",
    "2.14.0, true",
    "tomcat, false",
    "tomcat, true"
  })
  void creatingHoldsTheSetUpAndReturningFollowsTheRollBack(String version, boolean cached)
      throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, version, "SET x").with("poolPreparedStatements", cached)) {
      // The first one of all, c1, is made to see whether it can be, and thrown away.
      pool.getConnection().close();
      tape.take();
      Connection one = pool.getConnection();
      assertEquals(List.of("lent c2", "c2 isValid"), tape.take());
      Connection two = pool.getConnection();
      assertEquals(
          List.of(
              "creating",
              "connect",
              "c3 SET x",
              "created",
              "c3 setAutoCommit",
              "lent c3",
              "c3 isValid"),
          tape.take());
      two.createStatement().execute("INSERT");
      two.close();
      one.close();
      assertEquals(
          List.of("c3 INSERT", "c3 rollback", "returned c3", "c2 rollback", "returned c2"),
          tape.take());
      assertEquals(
          Set.of(
              home(version).replace('.', '/') + "PoolableConnectionFactory",
              home(version).replace('.', '/') + "DelegatingConnection",
              home(version).replace('.', '/') + "PoolingDataSource$PoolGuardConnectionWrapper"),
          loader.rewritten());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.9.0", "2.14.0", "tomcat"})
  void aCreationThatFailsIsLeftAsWell(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, version, "fail")) {
      assertThrows(SQLException.class, pool::getConnection);
      assertEquals(List.of("creating", "connect", "c1 fail", "c1 close", "created"), tape.take());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.9.0", "2.14.0"})
  void aRollBackThatFailsReturnsNothing(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, version, "SET x")) {
      Connection connection = pool.getConnection();
      tape.take();
      driver.failAt("rollback");
      connection.close();
      assertEquals(List.of("c2 close"), tape.take());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.9.0", "2.14.0", "tomcat"})
  void whatTheApplicationUnwrapsStandsForTheSession(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool =
            pool(loader, version, "SET x").with("accessToUnderlyingConnectionAllowed", true);
        Connection connection = pool.getConnection()) {
      Connection standIn = driver.connect("jdbc:postgresql://db/acme", new Properties());
      tape.standIn(standIn);
      assertSame(standIn, connection.unwrap(standIn.getClass()));
      Class<?> delegating = loader.loadClass(home(version) + "DelegatingConnection");
      Method innermost = delegating.getMethod("getInnermostDelegate");
      Method next = delegating.getMethod("getDelegate");
      assertSame(standIn, innermost.invoke(connection));
      assertSame(standIn, next.invoke(next.invoke(connection)));
    }
  }

  /** Tomcat ships a copy of both libraries in packages of its own. */
  private static PoolLoader loader(String version) {
    return version.equals("tomcat")
        ? new PoolLoader(PoolLibrary.ALL, "tomcat-dbcp-11.0.15", "tomcat-juli-9.0.113")
        : new PoolLoader(
            PoolLibrary.ALL,
            "commons-dbcp2-" + version,
            "commons-pool2-2.12.1",
            "commons-logging-1.3.5");
  }

  private static String home(String version) {
    return version.equals("tomcat") ? "org.apache.tomcat.dbcp.dbcp2." : "org.apache.commons.dbcp2.";
  }

  private BeanPool pool(PoolLoader loader, String version, String initialSql) throws Exception {
    return new BeanPool(loader, home(version) + "BasicDataSource")
        .with("driver", Driver.class, driver)
        .with("url", "jdbc:postgresql://db/acme")
        .with("connectionInitSqls", java.util.Collection.class, List.of(initialSql))
        .with("defaultAutoCommit", Boolean.class, false)
        .with("autoCommitOnReturn", false);
  }
}
