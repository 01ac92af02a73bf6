package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each version, as it is loaded with the agent, over a driver that tells what it was asked for. */
class AgroalTest {

  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape).given(driver);

  @ParameterizedTest
  @ValueSource(strings = {"1.16", "3.2.1"})
  void creatingHoldsTheSetUpAndReturningFollowsTheEndOfTheTransaction(String version)
      throws Exception {
    try (PoolLoader loader = loader(version);
        AutoCloseable pool = pool(loader)) {
      Connection connection = ((DataSource) pool).getConnection();
      List<String> opening = tape.take();
      assertEquals(
          List.of("creating", "connect", "c1 setAutoCommit", "c1 SET x", "created"),
          opening.subList(0, 5));
      // Where interceptors may have a part in the set-up, that comes before.
      assertEquals("lent c1", opening.get(opening.size() - 1));
      connection.setAutoCommit(false);
      connection.createStatement().execute("INSERT");
      connection.close();
      List<String> closing = tape.take();
      assertEquals(
          List.of("c1 setAutoCommit", "c1 INSERT", "c1 setAutoCommit", "returned c1"),
          closing.subList(0, 4));
      // The two places agree where the library has both.
      assertEquals(Set.of("returned c1"), Set.copyOf(closing.subList(3, closing.size())));
      ((DataSource) pool).getConnection();
      assertEquals(List.of("lent c1"), tape.take());
    }
  }

  @Test
  void whatAnInterceptorExecutesOnANewConnectionIsSetUp() throws Exception {
    try (PoolLoader loader = loader("3.2.1");
        AutoCloseable pool = pool(loader)) {
      Class<?> interceptor = loader.loadClass("io.agroal.api.AgroalPoolInterceptor");
      Object onCreate =
          Proxy.newProxyInstance(
              loader,
              new Class<?>[] {interceptor},
              (proxy, method, arguments) -> {
                if (method.getName().equals("onConnectionCreate")) {
                  ((Connection) arguments[0]).createStatement().execute("SET y");
                }
                return method.getReturnType() == int.class ? 0 : null;
              });
      pool.getClass()
          .getMethod("setPoolInterceptors", Collection.class)
          .invoke(pool, List.of(onCreate));
      ((DataSource) pool).getConnection();
      assertEquals(
          List.of("setting up c1", "c1 SET y", "created", "lent c1"),
          tape.take().stream().dropWhile(entry -> !entry.startsWith("setting up")).toList());
    }
  }

  private static PoolLoader loader(String version) {
    return new PoolLoader(PoolLibrary.ALL, "agroal-api-" + version, "agroal-pool-" + version);
  }

  private static AutoCloseable pool(PoolLoader loader) throws Exception {
    Class<?> reading =
        loader.loadClass("io.agroal.api.configuration.supplier.AgroalPropertiesReader");
    Object reader = reading.getDeclaredConstructor().newInstance();
    reading
        .getMethod("readProperties", Map.class)
        .invoke(
            reader,
            Map.of(
                "jdbcUrl",
                "jdbc:postgresql://db/acme",
                "providerClassName",
                GivenDriver.class.getName(),
                "initialSQL",
                "SET x",
                "maxSize",
                "1"));
    Class<?> configuration =
        loader.loadClass("io.agroal.api.configuration.AgroalDataSourceConfiguration");
    Class<?> listener = loader.loadClass("io.agroal.api.AgroalDataSourceListener");
    Object none = java.lang.reflect.Array.newInstance(listener, 0);
    return (AutoCloseable)
        loader
            .loadClass("io.agroal.api.AgroalDataSource")
            .getMethod("from", configuration, none.getClass())
            .invoke(null, reading.getMethod("get").invoke(reader), none);
  }
}
