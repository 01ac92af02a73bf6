package io.tenantpool.interception;

import java.lang.instrument.Instrumentation;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was loaded before the agent: drivers, with the types that they inherit from, and pools. A
 * connection that a pool has opened before stays as it is.
 */
final class LoadedClasses {

  private LoadedClasses() {}

  /** Sends them through the transformers again. */
  static void retransform(
      Instrumentation instrumentation, Installer installer, AgentFaults faults) {
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    for (Class<?> type : loaded) {
      installer.lookAt(type);
    }
    if (holdsDriverInterface(loaded)) {
      retransformPools(instrumentation, loaded, installer, faults);
      retransformDrivers(instrumentation, loaded, faults);
    }
  }

  /** All at once: a pool is of no use by halves. */
  private static void retransformPools(
      Instrumentation instrumentation, Class<?>[] loaded, Installer installer, AgentFaults faults) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (!type.isArray()
          && installer.isPool(type.getName().replace('.', '/'))
          && instrumentation.isModifiableClass(type)) {
        found.add(type);
      }
    }
    if (found.isEmpty()) {
      return;
    }
    try {
      instrumentation.retransformClasses(found.toArray(new Class<?>[0]));
    } catch (Exception | LinkageError fault) {
      faults.report("could not instrument the pools that were loaded", fault);
    }
  }

  /** One that resists does not keep the others back. */
  private static void retransformDrivers(
      Instrumentation instrumentation, Class<?>[] loaded, AgentFaults faults) {
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
