package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each version, as it is loaded with the agent, over a driver that tells what it was asked for. */
class MyBatisTest {

  private static final String POOL = "org/apache/ibatis/datasource/pooled/";

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape).registered(driver);

  @ParameterizedTest
  @ValueSource(strings = {"3.4.6", "3.5.19"})
  void aConnectionHasComeBackBeforeThePoolsLockIsWaitedFor(String version) throws Exception {
    try (PoolLoader loader = new PoolLoader(PoolLibrary.ALL, "mybatis-" + version)) {
      DataSource pool = pool(loader);
      Connection connection = pool.getConnection();
      List<String> opening = tape.take(entry -> !entry.endsWith("rollback"));
      assertEquals(
          List.of("creating", "connect", "c1 setAutoCommit", "created", "lent c1"), opening);
      connection.createStatement().execute("INSERT");
      connection.close();
      assertEquals(List.of("c1 INSERT", "returned c1", "c1 rollback"), tape.take());
      pool.getConnection().close();
      assertEquals(
          List.of("creating", "created", "lent c1", "returned c1"),
          tape.take(entry -> !entry.endsWith("rollback")));
      assertEquals(
          Set.of(POOL + "PooledConnection", POOL + "PooledDataSource"), loader.rewritten());
    }
  }

  private static DataSource pool(PoolLoader loader) throws ReflectiveOperationException {
    Class<?> type = loader.loadClass(POOL.replace('/', '.').concat("PooledDataSource"));
    DataSource pool =
        (DataSource)
            type.getConstructor(String.class, String.class, String.class, String.class)
                .newInstance(TapedDriver.class.getName(), "jdbc:taped:acme", "user", "secret");
    type.getMethod("setDefaultAutoCommit", boolean.class).invoke(pool, false);
    return pool;
  }
}
