package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.Settings;
import io.tenantpool.upkeep.FaultKind;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Over copies of SLF4J in class loaders of their own, as web applications have them. */
final class RequestIdsTest {

  private final List<Throwable> faults = new ArrayList<>();
  private final RequestIds ids = new RequestIds(List.of("requestId", "traceId"), faults::add);
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();

  @AfterEach
  void leaveTheApplication() {
    thread.setContextClassLoader(before);
  }

  private static URLClassLoader application() {
    URL slf4j = Logger.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {slf4j}, ClassLoader.getPlatformClassLoader());
  }

  /** As if the application had a provider: SLF4J's substitute, whose MDC works. */
  private static void setUp(ClassLoader application) throws ReflectiveOperationException {
    Class<?> provider = application.loadClass("org.slf4j.helpers.SubstituteServiceProvider");
    field(application, "PROVIDER").set(null, provider.getConstructor().newInstance());
    field(application, "INITIALIZATION_STATE").set(null, 3);
  }

  private static Field field(ClassLoader application, String name)
      throws ReflectiveOperationException {
    Field found = application.loadClass("org.slf4j.LoggerFactory").getDeclaredField(name);
    found.setAccessible(true);
    return found;
  }

  private static void put(ClassLoader application, String key, String value)
      throws ReflectiveOperationException {
    application
        .loadClass("org.slf4j.MDC")
        .getMethod("put", String.class, String.class)
        .invoke(null, key, value);
  }

  @Test
  void theFirstKeyThatHasAValueCounts() throws Exception {
    try (URLClassLoader application = application()) {
      thread.setContextClassLoader(application);
      setUp(application);
      assertNull(ids.current());
      put(application, "traceId", "t-1");
      assertEquals("t-1", ids.current());
      put(application, "requestId", " ");
      assertEquals("t-1", ids.current());
      put(application, "requestId", "r-1");
      assertEquals("r-1", ids.current());
      assertEquals(List.of(), faults);
    }
  }

  @Test
  void theAgentsOwnSlf4jIsNotAsked() throws Exception {
    try (URLClassLoader agent = application()) {
      thread.setContextClassLoader(agent);
      setUp(agent);
      put(agent, "requestId", "r-1");
      assertEquals("r-1", ids.current());
      assertNull(new RequestIds(List.of("requestId"), agent, faults::add).current());
    }
  }

  @Test
  void eachApplicationHasItsOwn() throws Exception {
    try (URLClassLoader shop = application();
        URLClassLoader office = application()) {
      setUp(shop);
      setUp(office);
      put(shop, "requestId", "shop-1");
      put(office, "requestId", "office-1");
      thread.setContextClassLoader(shop);
      assertEquals("shop-1", ids.current());
      thread.setContextClassLoader(office);
      assertEquals("office-1", ids.current());
    }
  }

  @Test
  void anSlf4jThatTheApplicationHasNotSetUpIsNotWoken() throws Exception {
    try (URLClassLoader application = application()) {
      thread.setContextClassLoader(application);
      assertNull(ids.current());
      assertEquals(0, field(application, "INITIALIZATION_STATE").get(null));
    }
  }

  @Test
  void withoutSlf4jWithoutALoaderOrWithoutKeysThereIsNoId() throws Exception {
    try (URLClassLoader bare = new URLClassLoader(new URL[0], null);
        URLClassLoader application = application()) {
      thread.setContextClassLoader(bare);
      assertNull(ids.current());
      thread.setContextClassLoader(null);
      assertNull(ids.current());
      setUp(application);
      put(application, "requestId", "r-1");
      thread.setContextClassLoader(application);
      assertNull(RequestIds.NONE.current());
    }
  }

  @Test
  void aLoaderThatFailsIsAFaultAndNoMore() throws Exception {
    IllegalStateException stopped = new IllegalStateException("stopped");
    thread.setContextClassLoader(
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) {
            throw stopped;
          }
        });
    assertNull(ids.current());
    assertEquals(List.of(stopped), faults);
  }

  @Test
  void whatAnMdcThrowsIsToldAndTheEventAsWell() throws Exception {
    Show show = new Show(Settings.of("log-level=info"));
    thread.setContextClassLoader(
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) {
            throw new IllegalStateException("stopped");
          }
        });
    show.listener.serverAdded(StubPool.SERVER);
    leaveTheApplication();
    show.step();
    show.desk.close();
    String fault = "kind=observation what=\"the application's MDC could not be asked\"";
    assertEquals(1, show.log.stream().filter(line -> line.contains(fault)).count());
    assertEquals(1, show.log.stream().filter(line -> line.contains("server-added")).count());
    assertEquals(1, show.faults.count(FaultKind.OBSERVATION));
  }

  @Test
  void anApplicationThatIsGoneIsNotKeptAlive() throws Exception {
    WeakReference<ClassLoader> gone = new WeakReference<>(visit());
    for (int i = 0; i < 100 && gone.get() != null; i++) {
      System.gc();
    }
    assertTrue(gone.refersTo(null), "the loader is still there");
    assertNull(ids.current());
  }

  private ClassLoader visit() throws Exception {
    try (URLClassLoader application = application()) {
      thread.setContextClassLoader(application);
      setUp(application);
      put(application, "requestId", "r-1");
      assertEquals("r-1", ids.current());
      application.loadClass("org.slf4j.MDC").getMethod("clear").invoke(null);
      thread.setContextClassLoader(before);
      return application;
    }
  }
}
