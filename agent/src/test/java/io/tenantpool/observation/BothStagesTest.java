package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Two ways to show the same hear the same. */
final class BothStagesTest {

  private final List<String> heard = new ArrayList<>();

  /** {@link Presence} can be seen in its package alone, and so can its proxy. */
  private Presence presence(String name) {
    return (Presence)
        Proxy.newProxyInstance(
            Presence.class.getClassLoader(),
            new Class<?>[] {Presence.class},
            (self, method, arguments) -> {
              heard.add(name + " " + method.getName());
              return null;
            });
  }

  private Presence.Stage stage(String name) {
    return new Presence.Stage() {
      @Override
      public Presence server(String server) {
        heard.add(name + " server");
        return presence(name);
      }

      @Override
      public Presence tenant(String server, String tenant) {
        heard.add(name + " tenant");
        return presence(name);
      }

      @Override
      public void sweep() {
        heard.add(name + " sweep");
      }

      @Override
      public boolean isSettled() {
        heard.add(name + " isSettled");
        return true;
      }
    };
  }

  private static List<Method> methods(Class<?> type) {
    List<Method> methods = new ArrayList<>(Arrays.asList(type.getDeclaredMethods()));
    methods.removeIf(m -> Modifier.isStatic(m.getModifiers()) || m.isSynthetic());
    assertTrue(methods.size() > 2, methods::toString);
    return methods;
  }

  private static Object[] arguments(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(type -> type == long.class ? 1L : type == String.class ? "name" : null)
        .toArray();
  }

  private List<String> heardAfter(Executable call) throws Throwable {
    heard.clear();
    call.execute();
    return List.copyOf(heard);
  }

  @Test
  void bothPresencesHearEverything() throws Throwable {
    Presence both = new DoublePresence(presence("one"), presence("other"));
    for (Method method : methods(Presence.class)) {
      assertEquals(
          List.of("one " + method.getName(), "other " + method.getName()),
          heardAfter(() -> method.invoke(both, arguments(method))));
    }
  }

  @Test
  void bothStagesHearEverything() throws Throwable {
    Presence.Stage both = Presence.Stage.both(stage("one"), stage("other"));
    for (Method method : methods(Presence.Stage.class)) {
      method.setAccessible(true);
      assertEquals(
          List.of("one " + method.getName(), "other " + method.getName()),
          heardAfter(() -> method.invoke(both, arguments(method))));
    }
  }
}
