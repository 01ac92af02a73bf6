package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The order of a resource adapter's calls, in classes that look like those of Open Liberty. */
class OpenLibertyTest {

  private static final String PACKAGE = "com.ibm.ws.rsadapter.impl";

  private static final String FACTORY =
      """
      public class WSManagedConnectionFactoryImpl {
        public final Object createManagedConnection(Object subject, Object info)
            throws Exception {
          java.sql.Connection connection =
              new %s().connect("jdbc:x", new java.util.Properties());
          connection.createStatement().execute("SET x");
          return new WSRdbManagedConnectionImpl(connection);
        }
      }
      """
          .formatted(GivenDriver.class.getName());

  private static final String MANAGED =
      """
      public class WSRdbManagedConnectionImpl {
        java.sql.Connection sqlConn;

        WSRdbManagedConnectionImpl(java.sql.Connection connection) {
          sqlConn = connection;
        }

        public Object getConnection(Object subject, Object info) {
          return sqlConn;
        }

        public void associateConnection(Object handle) {}

        public final void cleanup() throws Exception {
          sqlConn.rollback();
        }
      }
      """;

  private final Tape tape = new Tape();

  @TempDir private Path directory;

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape).given(new TapedDriver(tape));

  @Test
  void creatingHoldsTheSetUpAndReturningFollowsTheCleanUp() throws Exception {
    Lookalikes lookalikes =
        new Lookalikes(directory)
            .with(PACKAGE, "WSManagedConnectionFactoryImpl", FACTORY)
            .with(PACKAGE, "WSRdbManagedConnectionImpl", MANAGED);
    try (PoolLoader loader = lookalikes.load()) {
      Object creator =
          loader
              .loadClass(PACKAGE + ".WSManagedConnectionFactoryImpl")
              .getDeclaredConstructor()
              .newInstance();
      Object managed = Lookalikes.call(creator, "createManagedConnection", "subject", "info");
      assertEquals(List.of("creating", "connect", "c1 SET x", "created"), tape.take());
      assertEquals(creator, tape.pools().get(0));
      assertTrue(
          Lookalikes.call(managed, "getConnection", "subject", "info") instanceof Connection);
      Lookalikes.call(managed, "associateConnection", "handle");
      assertEquals(List.of("lent c1", "lent c1"), tape.take());
      Lookalikes.call(managed, "cleanup");
      assertEquals(List.of("c1 rollback", "returned c1"), tape.take());
      assertEquals(
          Set.of(
              "com/ibm/ws/rsadapter/impl/WSManagedConnectionFactoryImpl",
              "com/ibm/ws/rsadapter/impl/WSRdbManagedConnectionImpl"),
          loader.rewritten());
    }
  }
}
