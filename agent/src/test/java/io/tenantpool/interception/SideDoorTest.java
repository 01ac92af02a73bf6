package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.bootstrap.BridgeHolder;
import io.tenantpool.bootstrap.ConnectionBridge;
import io.tenantpool.bootstrap.DriverCalls;
import io.tenantpool.bootstrap.PhysicalOpening;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A loader that has a copy of the agent's bootstrap classes leads to the agent all the same. */
class SideDoorTest {

  private static final String CONNECTION = "a connection";

  private final List<String> calls = new ArrayList<>();
  private final Door door = new Door(null);
  private @Nullable SQLException failure;

  SideDoorTest() {
    BridgeHolder.set(
        (ConnectionBridge)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConnectionBridge.class},
                (proxy, method, args) -> {
                  calls.add(method.getName() + (args == null ? "" : Arrays.asList(args)));
                  if (failure != null) {
                    throw failure;
                  }
                  return method.getName().equals("connect") ? CONNECTION : null;
                }));
  }

  @AfterEach
  void leaveNoBridgeBehind() {
    BridgeHolder.set(null);
  }

  /** Defines the bootstrap's classes itself. */
  private static final class ChildFirst extends ClassLoader {

    ChildFirst() {
      super(SideDoorTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.tenantpool.bootstrap.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/').concat(".class"))) {
        byte[] file = in == null ? new byte[0] : in.readAllBytes();
        return defineClass(name, file, 0, file.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static Object connect(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> copy = Class.forName(DriverCalls.class.getName(), true, loader);
    assertNotSame(DriverCalls.class, copy);
    Method connect = copy.getMethod("connect", Object.class, String.class, Properties.class);
    return connect.invoke(null, "driver", "url", new Properties());
  }

  @Test
  void whatTheCopyIsAskedTheAgentAnswers() throws Exception {
    ChildFirst loader = new ChildFirst();
    assertNull(connect(loader), "nobody is behind that door yet");
    assertNull(door.closedFor(loader));
    assertEquals(CONNECTION, connect(loader));
    assertEquals(List.of("connect[driver, url, {}]"), calls);
  }

  @Test
  void everyCallOfAPoolGetsThroughAsItWas() throws Exception {
    ChildFirst loader = new ChildFirst();
    assertNull(door.closedFor(loader));
    Class<?> copy = Class.forName("io.tenantpool.bootstrap.PoolCalls", true, loader);
    for (Method method : copy.getDeclaredMethods()) {
      Object[] args = new Object[method.getParameterCount()];
      Arrays.fill(args, "x");
      calls.clear();
      method.invoke(null, args);
      String given = args.length == 0 ? "" : Arrays.asList(args).toString();
      assertEquals(List.of(method.getName() + given), calls);
    }
    calls.clear();
    Class.forName(DriverCalls.class.getName(), true, loader)
        .getMethod("opened", Object.class, Object.class, String.class, Properties.class)
        .invoke(null, "connection", "driver", "url", null);
    assertEquals(List.of("opened[driver, url, null, connection]"), calls);
  }

  @Test
  void theApplicationSeesWhatTheAgentThrows() {
    ChildFirst loader = new ChildFirst();
    assertNull(door.closedFor(loader));
    failure = new SQLException("no capacity", "53300");
    InvocationTargetException seen =
        assertThrows(InvocationTargetException.class, () -> connect(loader));
    assertSame(failure, seen.getCause());
  }

  @Test
  void theAgentsOwnOpeningIsNotSentBackToIt() throws Exception {
    ChildFirst loader = new ChildFirst();
    assertNull(door.closedFor(loader));
    boolean nested = PhysicalOpening.begin();
    try {
      assertNull(connect(loader));
    } finally {
      PhysicalOpening.end(nested);
    }
    assertEquals(List.of(), calls);
  }

  @Test
  void aLoaderThatHidesTheBootLoaderIsClosedWithAReason() {
    ClassLoader hiding = new ClassLoader(ClassLoader.getPlatformClassLoader()) {};
    assertNotNull(door.closedFor(hiding));
  }
}
