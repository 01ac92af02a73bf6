package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of a resource adapter's calls, in classes that look like those of GlassFish. */
class GlassFishTest {

  private static final String PACKAGE = "com.sun.gjc.spi";

  private static final String FACTORY =
      """
      public class %s {
        public Object createManagedConnection(Object subject, Object info) throws Exception {
          return new ManagedConnectionImpl(
              new %s().connect("jdbc:x", new java.util.Properties()));
        }
      }
      """;

  private static final String MANAGED =
      """
      public class ManagedConnectionImpl {
        protected java.sql.Connection actualConnection;
        private boolean initSqlExecuted;

        ManagedConnectionImpl(java.sql.Connection connection) throws Exception {
          actualConnection = connection;
          connection.setAutoCommit(true);
        }

        public Object getConnection(Object subject, Object info) throws Exception {
          if (!initSqlExecuted) {
            executeInitSql("SET x");
          }
          return actualConnection;
        }

        private void executeInitSql(String initSql) throws Exception {
          actualConnection.createStatement().execute(initSql);
          initSqlExecuted = true;
        }

        public void associateConnection(Object handle) {}

        public void cleanup() throws Exception {
          actualConnection.setAutoCommit(true);
        }
      }
      """;

  private final Tape tape = new Tape();

  @TempDir private Path directory;

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape).given(new TapedDriver(tape));

  @ParameterizedTest
  @ValueSource(strings = {"DSManagedConnectionFactory", "DMManagedConnectionFactory"})
  void theInitialSqlIsPartOfTheSetUpAndReturningFollowsTheCleanUp(String factory) throws Exception {
    Lookalikes lookalikes =
        new Lookalikes(directory)
            .with(PACKAGE, "ManagedConnectionImpl", MANAGED)
            .with(PACKAGE, factory, FACTORY.formatted(factory, GivenDriver.class.getName()));
    try (PoolLoader loader = lookalikes.load()) {
      Object creator =
          loader.loadClass(PACKAGE + "." + factory).getDeclaredConstructor().newInstance();
      Object managed = Lookalikes.call(creator, "createManagedConnection", "subject", "info");
      assertEquals(List.of("creating", "connect", "c1 setAutoCommit", "created"), tape.take());
      assertEquals(creator, tape.pools().get(0));
      assertTrue(
          Lookalikes.call(managed, "getConnection", "subject", "info") instanceof Connection);
      assertEquals(List.of("setting up c1", "c1 SET x", "created", "lent c1"), tape.take());
      Lookalikes.call(managed, "cleanup");
      assertEquals(List.of("c1 setAutoCommit", "returned c1"), tape.take());
      Lookalikes.call(managed, "getConnection", "subject", "info");
      Lookalikes.call(managed, "associateConnection", "handle");
      assertEquals(List.of("lent c1", "lent c1"), tape.take());
      assertEquals(
          Set.of("com/sun/gjc/spi/ManagedConnectionImpl", "com/sun/gjc/spi/" + factory),
          loader.rewritten());
    }
  }
}
