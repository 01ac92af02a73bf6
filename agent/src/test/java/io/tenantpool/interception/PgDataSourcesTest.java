package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.XADataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each version of pgjdbc, as it is loaded with the agent, but over another driver. */
class PgDataSourcesTest {

  /** Nobody listens there, so that the real drivers decline. */
  private static final String URL = "jdbc:postgresql://localhost:1/acme";

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape).registered(driver);

  @ParameterizedTest
  @ValueSource(strings = {"42.2.29", "42.7.14"})
  void aHandleLendsAndItsCloseReturnsBeforeAnyoneIsTold(String version) throws Exception {
    try (PoolLoader loader = loader(version)) {
      PooledConnection pooled =
          source(
                  loader,
                  ConnectionPoolDataSource.class,
                  "org.postgresql.ds.PGConnectionPoolDataSource")
              .getPooledConnection("tester", "secret");
      assertEquals(List.of("creating", "connect", "created"), tape.take());
      pooled.addConnectionEventListener(new Told());
      Connection handle = pooled.getConnection();
      handle.setAutoCommit(false);
      handle.close();
      assertEquals(
          List.of(
              "lent c1",
              "c1 setAutoCommit",
              "c1 setAutoCommit",
              "c1 rollback",
              "returned c1",
              "told"),
          tape.take());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.2.29", "42.7.14"})
  void aConnectionForDistributedTransactionsIsNotPooled(String version) throws Exception {
    try (PoolLoader loader = loader(version)) {
      XADataSource source = source(loader, XADataSource.class, "org.postgresql.xa.PGXADataSource");
      // The driver beneath is not its own.
      assertThrows(ClassCastException.class, () -> source.getXAConnection("tester", "secret"));
      assertEquals(List.of("bypassing", "connect", "created"), tape.take());
    }
  }

  private static PoolLoader loader(String version) {
    return new PoolLoader(PoolLibrary.ALL, "postgresql-" + version);
  }

  private static <T> T source(PoolLoader loader, Class<T> type, String name)
      throws ReflectiveOperationException {
    Object source = loader.loadClass(name).getDeclaredConstructor().newInstance();
    source.getClass().getMethod("setUrl", String.class).invoke(source, URL);
    return type.cast(source);
  }

  private final class Told implements ConnectionEventListener {

    @Override
    public void connectionClosed(ConnectionEvent event) {
      tape.add("told");
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      tape.add("told of an error");
    }
  }
}
