package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each version of the resource adapter, as it is loaded with the agent; the test stands in for the
 * connection manager.
 */
class IronJacamarTest {

  private static final String ADAPTER = "org/jboss/jca/adapters/jdbc/";

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape).given(driver);

  @ParameterizedTest
  @CsvSource({
    "1.5.3.Final, jboss-connector-api_1.7_spec-2.0.0.Final,"
        + " jboss-transaction-api_1.3_spec-2.0.0.Final",
    "3.0.18.Final, jakarta.resource-api-2.1.0, jakarta.transaction-api-2.0.1"
  })
  void creatingHoldsTheSetUpAndReturningFollowsTheCleanUp(
      String version, String resourceApi, String transactionApi) throws Exception {
    try (PoolLoader loader =
        new PoolLoader(
            PoolLibrary.ALL,
            "ironjacamar-jdbc-" + version,
            "ironjacamar-core-api-" + version,
            "ironjacamar-core-impl-" + version,
            "ironjacamar-common-api-" + version,
            resourceApi,
            transactionApi,
            "jboss-logging-3.6.1.Final")) {
      Object managed = call(factory(loader), "createManagedConnection", null, null);
      assertEquals(List.of("creating", "connect", "c1 SET x", "created"), tape.take());
      Connection handle = (Connection) call(managed, "getConnection", null, null);
      handle.setAutoCommit(false);
      handle.createStatement().execute("INSERT");
      handle.rollback();
      handle.close();
      assertEquals(List.of("lent c1", "c1 setAutoCommit", "c1 INSERT", "c1 rollback"), tape.take());
      call(managed, "cleanup");
      assertEquals(List.of("c1 setAutoCommit", "returned c1"), tape.take());
      Connection standIn = driver.connect("jdbc:postgresql://db/acme", new Properties());
      tape.standIn(standIn);
      Connection next = (Connection) call(managed, "getConnection", null, null);
      assertSame(standIn, next.unwrap(standIn.getClass()));
      assertSame(standIn, call(next, "getUnderlyingConnection"));
      assertEquals(
          Set.of(
              ADAPTER + "BaseWrapperManagedConnection",
              ADAPTER + "JBossWrapper",
              ADAPTER + "WrappedConnection",
              ADAPTER + "local/LocalManagedConnectionFactory"),
          loader.rewritten());
    }
  }

  private static Object factory(PoolLoader loader) throws Exception {
    Object factory =
        loader
            .loadClass("org.jboss.jca.adapters.jdbc.local.LocalManagedConnectionFactory")
            .getDeclaredConstructor()
            .newInstance();
    call(factory, "setDriverClass", GivenDriver.class.getName());
    call(factory, "setConnectionURL", "jdbc:postgresql://db/acme");
    call(factory, "setUserName", "tester");
    call(factory, "setPassword", "secret");
    call(factory, "setNewConnectionSQL", "SET x");
    return factory;
  }

  private static Object call(Object target, String name, @Nullable Object... arguments)
      throws Exception {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
        return method.invoke(target, arguments);
      }
    }
    throw new NoSuchMethodException(name);
  }
}
