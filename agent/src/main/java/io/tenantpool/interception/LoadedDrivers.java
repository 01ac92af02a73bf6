package io.tenantpool.interception;

import java.lang.instrument.Instrumentation;
import java.sql.Driver;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The drivers that were loaded before the agent, with the types that they inherit from. */
final class LoadedDrivers {

  private LoadedDrivers() {}

  /** Sends them through the transformers again. One that resists does not keep the others back. */
  static void retransform(Instrumentation instrumentation, AgentFaults faults) {
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    if (!holdsDriverInterface(loaded)) {
      return;
    }
    for (Class<?> type : withInherited(loaded)) {
      try {
        if (instrumentation.isModifiableClass(type)) {
          instrumentation.retransformClasses(type);
        }
      } catch (Exception | LinkageError fault) {
        faults.report("could not instrument " + type.getName() + ", which was loaded", fault);
      }
    }
  }

  /** Asked by name, so that a program without JDBC need not load the interface. */
  private static boolean holdsDriverInterface(Class<?>[] loaded) {
    for (Class<?> type : loaded) {
      if (type.getName().equals("java.sql.Driver")) {
        return true;
      }
    }
    return false;
  }

  private static Set<Class<?>> withInherited(Class<?>[] loaded) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> type : loaded) {
      if (type != Driver.class && Driver.class.isAssignableFrom(type)) {
        add(type, found);
      }
    }
    return found;
  }

  private static void add(@Nullable Class<?> type, Set<Class<?>> found) {
    if (type == null || type.getClassLoader() == null || !found.add(type)) {
      return;
    }
    add(type.getSuperclass(), found);
    for (Class<?> inherited : type.getInterfaces()) {
      add(inherited, found);
    }
  }
}
