package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each version, as it is loaded with the agent, over a driver that tells what it was asked for. */
class TomcatJdbcTest {

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape);

  @ParameterizedTest
  @ValueSource(strings = {"9.0.112", "10.1.50", "11.0.15"})
  void creatingHoldsTheSetUpAndReturningFollowsTheRollBack(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, "SET x").with("testOnBorrow", true)) {
      Connection connection = pool.getConnection();
      List<String> opening = tape.take(entry -> !entry.endsWith("isValid"));
      assertEquals(
          List.of("connect", "c1 setAutoCommit", "c1 SET x", "c1 commit", "lent c1"),
          opening.stream().filter(entry -> !entry.startsWith("creat")).toList());
      assertEquals(0, depthAt(opening, "lent c1"));
      assertEquals(true, depthAt(opening, "c1 SET x") > 0);
      connection.createStatement().execute("INSERT");
      connection.close();
      List<String> closing = tape.take(entry -> !entry.startsWith("creat"));
      assertEquals(List.of("c1 INSERT", "c1 rollback", "returned c1"), closing);
      assertEquals(
          Set.of(
              "org/apache/tomcat/jdbc/pool/ConnectionPool",
              "org/apache/tomcat/jdbc/pool/ProxyConnection"),
          loader.rewritten());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.0.112", "10.1.50", "11.0.15"})
  void aCreationThatFailsIsLeftAsWell(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, "fail")) {
      assertThrows(SQLException.class, pool::getConnection);
      List<String> entries = tape.take();
      assertEquals(true, entries.contains("connect"));
      assertEquals(0, depthAt(entries, "end"));
    }
  }

  /** How many creations are under way at the first {@code entry}, else at the end. */
  @ParameterizedTest
  @ValueSource(strings = {"9.0.112", "10.1.50", "11.0.15"})
  void whatTheApplicationUnwrapsStandsForTheSession(String version) throws Exception {
    try (PoolLoader loader = loader(version);
        BeanPool pool = pool(loader, "SET x");
        Connection connection = pool.getConnection()) {
      Connection standIn = driver.connect("jdbc:postgresql://db/acme", new Properties());
      tape.standIn(standIn);
      assertSame(standIn, connection.unwrap(standIn.getClass()));
    }
  }

  private static int depthAt(List<String> entries, String entry) {
    int depth = 0;
    for (String each : entries) {
      if (each.equals(entry)) {
        break;
      }
      depth += each.equals("creating") ? 1 : each.equals("created") ? -1 : 0;
    }
    return depth;
  }

  private static PoolLoader loader(String version) {
    return new PoolLoader(PoolLibrary.ALL, "tomcat-jdbc-" + version, "tomcat-juli-9.0.113");
  }

  private BeanPool pool(PoolLoader loader, String initialSql) throws Exception {
    return new BeanPool(loader, "org.apache.tomcat.jdbc.pool.DataSource")
        .with("dataSource", Object.class, new TapedDataSource(driver))
        .with("initSQL", initialSql)
        .with("defaultAutoCommit", Boolean.class, false)
        .with("rollbackOnReturn", true)
        .with("initialSize", 0)
        .with("maxIdle", 10);
  }
}
