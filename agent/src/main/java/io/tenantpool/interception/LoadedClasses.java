package io.tenantpool.interception;

import io.tenantpool.config.NotPooled;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Modifier;
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

  private static final DriverSockets SOCKETS = new DriverSockets();

  private LoadedClasses() {}

  /** Sends them through the transformers again. */
  static void retransform(
      Instrumentation instrumentation,
      Installer installer,
      DriverSightings sightings,
      AgentFaults faults) {
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    for (Class<?> type : loaded) {
      installer.lookAt(type);
    }
    if (holdsDriverInterface(loaded)) {
      retransformPools(instrumentation, loaded, installer, faults);
      retransformDrivers(instrumentation, loaded, sightings, faults);
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
      Instrumentation instrumentation,
      Class<?>[] loaded,
      DriverSightings sightings,
      AgentFaults faults) {
    Set<Class<?>> found = withInherited(loaded);
    for (Class<?> type : loaded) {
      if (type.getClassLoader() != null && SOCKETS.concerns(type.getName().replace('.', '/'))) {
        found.add(type);
      }
    }
    for (Class<?> type : found) {
      try {
        if (instrumentation.isModifiableClass(type)) {
          instrumentation.retransformClasses(type);
          metBefore(type, sightings);
        }
      } catch (Exception | LinkageError fault) {
        sightings.met(
            NotPooled.NOT_INSTRUMENTED,
            type.getName(),
            type.getClassLoader(),
            "the JVM refused the change (" + fault.getClass().getName() + ")");
        faults.report("could not instrument " + type.getName() + ", which was loaded", fault);
      }
    }
  }

  /** Only of the class that opens connections; what it inherits from says nothing more. */
  private static void metBefore(Class<?> type, DriverSightings sightings) {
    if (Driver.class.isAssignableFrom(type)
        && !Modifier.isAbstract(type.getModifiers())
        && DriverConnect.isDeclaredBy(type)) {
      sightings.met(
          NotPooled.OPENED_BEFORE_AGENT,
          type.getName(),
          type.getClassLoader(),
          "what it has opened by now cannot be seen");
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
