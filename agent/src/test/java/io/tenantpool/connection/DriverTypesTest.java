package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

class DriverTypesTest {

  @Test
  void theProxyClassLivesInAChildOfTheDriversLoader() throws Exception {
    try (OneConnectionPool pool = OneConnectionPool.ofPostgres();
        Connection connection = new LogicalConnections().open(pool)) {
      ClassLoader loader = connection.getClass().getClassLoader();
      assertNotEquals(org.postgresql.Driver.class.getClassLoader(), loader);
      assertSame(org.postgresql.Driver.class.getClassLoader(), loader.getParent());
      assertSame(loader, connection.createStatement().getClass().getClassLoader());
    }
  }

  @Test
  void threadsThatRaceGetOneProxyClass() throws Exception {
    try (ThrowAwayDriver driver = new ThrowAwayDriver()) {
      int racers = 8;
      ExecutorService threads = Executors.newFixedThreadPool(racers);
      CyclicBarrier barrier = new CyclicBarrier(racers);
      Set<Class<?>> classes = ConcurrentHashMap.newKeySet();
      List<Future<?>> races = new ArrayList<>();
      for (int i = 0; i < racers; i++) {
        races.add(
            threads.submit(
                () -> {
                  Connection raw = driver.connect();
                  barrier.await(20, TimeUnit.SECONDS);
                  OneConnectionPool pool = new OneConnectionPool(() -> DriverConnection.of(raw));
                  try (Connection connection = new LogicalConnections().open(pool)) {
                    classes.add(connection.getClass());
                  }
                  pool.close();
                  return null;
                }));
      }
      for (Future<?> race : races) {
        race.get(20, TimeUnit.SECONDS);
      }
      threads.shutdown();
      assertEquals(1, classes.size());
    }
  }

  @Test
  void nothingOfOursKeepsADriversLoaderAlive() throws Exception {
    WeakReference<ClassLoader> loader = useAThrowAwayDriver();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (loader.get() != null && System.nanoTime() < deadline) {
      System.gc();
      Thread.onSpinWait();
    }
    assertNull(loader.get());
  }

  private static WeakReference<ClassLoader> useAThrowAwayDriver() throws Exception {
    try (ThrowAwayDriver driver = new ThrowAwayDriver()) {
      Connection raw = driver.connect();
      OneConnectionPool pool = new OneConnectionPool(() -> DriverConnection.of(raw));
      try (Connection connection = new LogicalConnections().open(pool);
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SELECT 1, ARRAY[1]")) {
        assertTrue(result.next());
        assertEquals(1, result.getObject(1));
        assertSame(connection, result.getArray(2).getResultSet().getStatement().getConnection());
        assertSame(driver.loader, connection.getClass().getClassLoader().getParent());
      }
      assertTrue(pool.keptConnection());
      pool.close();
      return new WeakReference<>(driver.loader);
    }
  }

  /** What a driver returns may be of the application's loader, which ends before the driver's. */
  @Test
  void onlyWhatEndsWithTheDriverIsRemembered() throws Exception {
    ProxyLoader loader = new ProxyLoader(PgConnection.class.getClassLoader());
    assertTrue(WrapperType.of(PgConnection.class, loader).endsWithDriver());
    try (ThrowAwayDriver driver = new ThrowAwayDriver()) {
      Class<?> ofAnother = driver.loader.loadClass(PgConnection.class.getName());
      assertFalse(WrapperType.of(ofAnother, loader).endsWithDriver());
    }
    assertFalse(WrapperType.of(String.class, loader).endsWithDriver());
  }

  @Test
  void aValueHasNoProxy() {
    WrapperType type = WrapperType.of(String.class, new ProxyLoader(getClass().getClassLoader()));
    assertEquals(ObjectKind.VALUE, type.kind());
    Wrapper wrapper =
        (Wrapper)
            Proxy.newProxyInstance(
                Wrapper.class.getClassLoader(),
                new Class<?>[] {Wrapper.class},
                (proxy, method, arguments) -> null);
    assertThrows(IllegalStateException.class, () -> type.newProxy(wrapper));
  }

  /** pgjdbc once more, in a loader of its own. */
  private static final class ThrowAwayDriver implements AutoCloseable {
    private final URLClassLoader loader;
    private final Class<?> driverClass;

    ThrowAwayDriver() throws Exception {
      URL jar = org.postgresql.Driver.class.getProtectionDomain().getCodeSource().getLocation();
      loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
      driverClass = loader.loadClass("org.postgresql.Driver");
    }

    Connection connect() throws Exception {
      Driver driver = (Driver) driverClass.getConstructor().newInstance();
      return driver.connect(Postgres.url(), new Properties());
    }

    @Override
    public void close() throws Exception {
      Class.forName(driverClass.getName(), true, loader).getMethod("deregister").invoke(null);
      loader.close();
    }
  }
}
