package io.tenantpool.interception;

import io.tenantpool.bootstrap.BridgeHolder;
import io.tenantpool.bootstrap.ConnectionBridge;
import io.tenantpool.bootstrap.DriverCalls;
import io.tenantpool.bootstrap.PhysicalOpening;
import io.tenantpool.bootstrap.PoolCalls;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a loader that does not ask the boot loader for the agent's package (a bundle's, a module's)
 * a copy of those few classes, for the code that it defines itself: the JVM looks among the classes
 * that a loader has defined before it asks the loader. {@link SideDoor} leads on from there.
 */
final class DoorCopy {

  private static final List<Class<?>> CLASSES =
      List.of(
          ConnectionBridge.class,
          BridgeHolder.class,
          PhysicalOpening.class,
          DriverCalls.class,
          PoolCalls.class);

  private final Method defineClass;

  private DoorCopy(Method defineClass) {
    this.defineClass = defineClass;
  }

  /** Null where the JVM does not let the agent define classes. */
  static @Nullable DoorCopy of(Instrumentation instrumentation) {
    try {
      instrumentation.redefineModule(
          ClassLoader.class.getModule(),
          Set.of(),
          Map.of(),
          Map.of("java.lang", Set.of(DoorCopy.class.getModule())),
          Set.of(),
          Map.of());
      Method method =
          ClassLoader.class.getDeclaredMethod(
              "defineClass", String.class, byte[].class, int.class, int.class);
      method.setAccessible(true);
      return new DoorCopy(method);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError refused) {
      return null;
    }
  }

  /** Defines the copy; false when the loader or the JVM refuses it. */
  boolean into(ClassLoader loader) {
    try {
      for (Class<?> type : CLASSES) {
        byte[] classFile = classFile(type);
        defineClass.invoke(loader, type.getName(), classFile, 0, classFile.length);
      }
      return true;
    } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError refused) {
      return false;
    }
  }

  private static byte[] classFile(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName().concat(".class"))) {
      if (in == null) {
        throw new IOException(type + " has no class file");
      }
      return in.readAllBytes();
    }
  }
}
