package io.tenantpool.interception;

import io.tenantpool.bootstrap.BridgeHolder;
import io.tenantpool.bootstrap.ConnectionBridge;
import io.tenantpool.bootstrap.DriverCalls;
import io.tenantpool.bootstrap.PoolCalls;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.security.spec.KeySpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.SecretKeyFactory;
import org.jspecify.annotations.Nullable;

/**
 * The way from a second copy of the bootstrap classes to the agent. The JVM puts the agent's jar on
 * the class path too, and a loader that looks there before it asks its parent has a copy of its
 * own, with nobody behind its door. There a proxy is put, which calls the boot loader's classes,
 * and with them what they know of the thread.
 */
final class SideDoor {

  private static final Object[] NO_ARGUMENTS = {};

  /** By their names, which are those of the bridge. */
  private static final Map<String, Method> POOL_CALLS = new HashMap<>();

  static {
    for (Method method : PoolCalls.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())) {
        POOL_CALLS.put(method.getName(), method);
      }
    }
  }

  /** By the copy of {@code DriverCalls}; goes with its loader. */
  private static final ClassValue<Boolean> OPENED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> copy) {
          try {
            return open(copy.getClassLoader());
          } catch (ReflectiveOperationException | LinkageError | RuntimeException unfit) {
            return false;
          }
        }
      };

  private SideDoor() {}

  /** Whether what calls {@code copy} reaches the agent; opens the door at the first question. */
  static boolean isOpened(Class<?> copy) {
    return OPENED.get(copy);
  }

  private static boolean open(@Nullable ClassLoader loader) throws ReflectiveOperationException {
    Class<?> bridge = Class.forName(ConnectionBridge.class.getName(), false, loader);
    Class<?> holder = Class.forName(BridgeHolder.class.getName(), true, loader);
    boolean isSame =
        methods(bridge).equals(methods(ConnectionBridge.class))
            && isCopy(DriverCalls.class, loader)
            && isCopy(PoolCalls.class, loader);
    if (isSame) {
      InvocationHandler agent =
          (proxy, method, args) -> call(proxy, method, args == null ? NO_ARGUMENTS : args);
      holder
          .getMethod("set", bridge)
          .invoke(null, Proxy.newProxyInstance(loader, new Class<?>[] {bridge}, agent));
    }
    return isSame;
  }

  private static boolean isCopy(Class<?> type, @Nullable ClassLoader loader)
      throws ClassNotFoundException {
    return methods(Class.forName(type.getName(), false, loader)).equals(methods(type));
  }

  private static Set<String> methods(Class<?> type) {
    Set<String> methods = new TreeSet<>();
    for (Method method : type.getDeclaredMethods()) {
      if (!method.isSynthetic()) {
        methods.add(method.toGenericString());
      }
    }
    return methods;
  }

  /** What was called of the copy's bridge, called of the boot loader's. */
  private static @Nullable Object call(Object door, Method method, @Nullable Object[] args)
      throws Throwable {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return switch (name) {
        case "hashCode" -> System.identityHashCode(door);
        case "equals" -> door == args[0];
        default -> "tenant-pool-agent";
      };
    }
    switch (name) {
      case "connect" -> {
        return DriverCalls.connect(args[0], (String) args[1], (Properties) args[2]);
      }
      case "opened" -> {
        DriverCalls.opened(args[3], args[0], (String) args[1], (Properties) args[2]);
        return null;
      }
      case "socketMade" -> {
        DriverCalls.socketMade((Socket) args[0]);
        return null;
      }
      case "loginKey" -> {
        return DriverCalls.loginKey((SecretKeyFactory) args[0], (KeySpec) args[1]);
      }
      default -> {
        return poolCall(name, args);
      }
    }
  }

  private static @Nullable Object poolCall(String name, @Nullable Object[] args) throws Throwable {
    Method call = POOL_CALLS.get(name);
    if (call == null) {
      throw new NoSuchMethodError(name);
    }
    try {
      return call.invoke(null, args);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }
}
