package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each version, as it is loaded with the agent, over a driver that tells what it was asked for. */
class HibernatePoolTest {

  private static final String PACKAGE = "org/hibernate/engine/jdbc/connections/internal/";

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape).registered(driver);

  @ParameterizedTest
  @CsvSource({
    "5.6.15.Final, 3.4.3.Final, DriverManagerConnectionProviderImpl$PooledConnections",
    "6.6.0.Final, 3.4.3.Final, DriverManagerConnectionProviderImpl$PooledConnections",
    "7.3.3.Final, 3.6.1.Final, PooledConnections"
  })
  void creatingHoldsTheSetUpAndAConnectionIsReadyWhenItIsLentOrReturned(
      String version, String logging, String pool) throws Exception {
    try (PoolLoader loader =
        new PoolLoader(
            PoolLibrary.ALL,
            "hibernate-core-" + version,
            "jboss-logging-" + logging,
            "javax.persistence-api-2.2",
            "javax.transaction-api-1.3",
            "jakarta.transaction-api-2.0.1",
            "jakarta.persistence-api-3.2.0")) {
      Class<?> type =
          loader.loadClass(PACKAGE.replace('/', '.').concat("DriverManagerConnectionProviderImpl"));
      Object provider = type.getConstructor().newInstance();
      type.getMethod("configure", Map.class)
          .invoke(
              provider,
              Map.of(
                  "hibernate.connection.url", "jdbc:taped:acme",
                  "hibernate.connection.init_sql", "SET x",
                  "hibernate.connection.initial_pool_size", "1"));
      Connection connection = (Connection) type.getMethod("getConnection").invoke(provider);
      String name = connection.toString();
      List<String> opening = tape.take();
      assertEquals(
          List.of(
              "creating",
              "connect",
              name + " setAutoCommit",
              name + " SET x",
              "created",
              name + " setAutoCommit",
              "lent " + name),
          opening.subList(opening.lastIndexOf("creating"), opening.size()));
      type.getMethod("closeConnection", Connection.class).invoke(provider, connection);
      assertEquals(List.of(name + " setAutoCommit", "returned " + name), tape.take());
      type.getMethod("stop").invoke(provider);
      assertEquals(List.of(name + " close"), tape.take());
      assertEquals(Set.of(PACKAGE + "BasicConnectionCreator", PACKAGE + pool), loader.rewritten());
    }
  }
}
