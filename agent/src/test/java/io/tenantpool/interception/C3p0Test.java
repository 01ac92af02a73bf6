package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each version, as it is loaded with the agent, over a driver that tells what it was asked for. */
class C3p0Test {

  private static final String POOL = "com/mchange/v2/c3p0/impl/C3P0PooledConnectionPool";

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape);

  @ParameterizedTest
  @CsvSource({"0.9.5.5, 0.2.19", "0.14.1, 0.5.0"})
  void theClosingThreadReturnsAfterTheRollBackUnlessThePoolWorksLater(
      String version, String commons) throws Exception {
    try (PoolLoader loader = loader(version, commons)) {
      DataSource pool = pool(loader, Map.of());
      try {
        Connection connection = pool.getConnection();
        assertEquals(List.of("creating", "connect", "created", "lent c1"), tape.take());
        connection.setAutoCommit(false);
        connection.createStatement().execute("INSERT");
        connection.close();
        List<String> closing = tape.take();
        assertEquals(
            List.of(
                "c1 setAutoCommit",
                "c1 INSERT",
                "c1 rollback",
                "c1 setAutoCommit",
                "returned unless work c1"),
            closing.subList(0, 5));
        assertEquals(
            Set.of(
                POOL,
                POOL + "$1PooledConnectionResourcePoolManager",
                "com/mchange/v2/c3p0/impl/NewPooledConnection"),
            loader.rewritten());
      } finally {
        destroy(loader, pool);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9.5.5, 0.2.19", "0.14.1, 0.5.0"})
  void withACustomizerTheEndIsTheEndOfItsWork(
      String version, String commons, @TempDir Path directory) throws Exception {
    try (PoolLoader loader = loader(version, commons)) {
      saveCustomizer(loader, directory);
      DataSource pool = pool(loader, Map.of("connectionCustomizerClassName", "app.Customizer"));
      try {
        pool.getConnection().close();
        List<String> opening = tape.takeUpTo("returned c1", LIMIT);
        assertEquals(
            List.of(
                "creating",
                "connect",
                "created",
                "lent c1",
                "works later c1",
                "returned unless work c1",
                "c1 RESET x",
                "returned c1"),
            opening);
      } finally {
        destroy(loader, pool);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9.5.5, 0.2.19", "0.14.1, 0.5.0"})
  void aStatementThatAnotherThreadWillPrepareIsForetold(String version, String commons)
      throws Exception {
    try (PoolLoader loader = loader(version, commons)) {
      DataSource pool = pool(loader, Map.of("maxStatements", 5));
      try {
        Connection connection = pool.getConnection();
        assertEquals(List.of("creating", "connect", "created", "lent c1"), tape.take());
        connection.prepareStatement("SELECT 1");
        assertEquals("used c1", tape.take().get(0));
      } finally {
        destroy(loader, pool);
      }
    }
  }

  private static void saveCustomizer(PoolLoader loader, Path directory) throws Exception {
    new ByteBuddy()
        .subclass(loader.loadClass("com.mchange.v2.c3p0.AbstractConnectionCustomizer"))
        .name("app.Customizer")
        .method(ElementMatchers.named("onCheckIn"))
        .intercept(MethodDelegation.to(CheckIn.class))
        .make()
        .saveIn(directory.toFile());
    loader.add(directory);
  }

  /** What the customizer does. */
  public static final class CheckIn {

    private CheckIn() {}

    public static void run(@Argument(0) Connection connection) throws SQLException {
      connection.createStatement().execute("RESET x");
    }
  }

  private static PoolLoader loader(String version, String commons) {
    return new PoolLoader(PoolLibrary.ALL, "c3p0-" + version, "mchange-commons-java-" + commons);
  }

  private DataSource pool(PoolLoader loader, Map<String, Object> more) throws Exception {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("initialPoolSize", 1);
    settings.put("minPoolSize", 1);
    settings.put("maxPoolSize", 1);
    settings.put("acquireRetryAttempts", 1);
    return (DataSource)
        loader
            .loadClass("com.mchange.v2.c3p0.DataSources")
            .getMethod("pooledDataSource", DataSource.class, Map.class)
            .invoke(null, new TapedDataSource(driver), settings);
  }

  private void destroy(PoolLoader loader, DataSource pool) throws Exception {
    loader
        .loadClass("com.mchange.v2.c3p0.DataSources")
        .getMethod("destroy", DataSource.class)
        .invoke(null, pool);
    // By a thread of the pool, which needs the loader.
    tape.takeUpTo("c1 close", LIMIT);
  }
}
