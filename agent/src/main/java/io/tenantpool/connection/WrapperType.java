package io.tenantpool.connection;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of one driver class are wrapped: a proxy class with every public interface of
 * that class, and what each of its methods needs. Made once per driver class.
 */
final class WrapperType {

  private static final WrapperType VALUE = new WrapperType(ObjectKind.VALUE, Object.class, null);
  private static final WrapperType STREAM = new WrapperType(ObjectKind.STREAM, Object.class, null);

  private final ObjectKind kind;
  private final Class<?> driverClass;
  private final @Nullable Constructor<?> constructor;
  private final ConcurrentMap<Method, Call> calls = new ConcurrentHashMap<>();

  private WrapperType(ObjectKind kind, Class<?> driverClass, @Nullable Constructor<?> constructor) {
    this.kind = kind;
    this.driverClass = driverClass;
    this.constructor = constructor;
  }

  static WrapperType of(Class<?> driverClass, ClassLoader loader) {
    return switch (ObjectKind.of(driverClass)) {
      case VALUE -> VALUE;
      case STREAM -> STREAM;
      default ->
          new WrapperType(
              ObjectKind.of(driverClass), driverClass, proxyConstructor(driverClass, loader));
    };
  }

  private static Constructor<?> proxyConstructor(Class<?> driverClass, ClassLoader loader) {
    Class<?>[] interfaces =
        interfacesOf(driverClass).stream()
            .filter(type -> isVisible(type, loader))
            .toArray(Class<?>[]::new);
    InvocationHandler nobody =
        (proxy, method, args) -> {
          throw new UnsupportedOperationException(method.getName());
        };
    try {
      // The first instance makes the class; its constructor makes all the others.
      return Proxy.newProxyInstance(loader, interfaces, nobody)
          .getClass()
          .getConstructor(InvocationHandler.class);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every interface that code outside the driver can name. */
  static Set<Class<?>> interfacesOf(Class<?> driverClass) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> type = driverClass; type != null; type = type.getSuperclass()) {
      addInterfaces(type, found);
    }
    return found;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> found) {
    for (Class<?> each : type.getInterfaces()) {
      if (Modifier.isPublic(each.getModifiers())
          && each.getModule().isExported(each.getPackageName())) {
        found.add(each);
      }
      addInterfaces(each, found);
    }
  }

  private static boolean isVisible(Class<?> type, ClassLoader loader) {
    try {
      return Class.forName(type.getName(), false, loader) == type;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  ObjectKind kind() {
    return kind;
  }

  /** The driver's class. */
  Class<?> driverClass() {
    return driverClass;
  }

  Call call(Method method) {
    Call call = calls.get(method);
    return call != null ? call : calls.computeIfAbsent(method, m -> Call.of(kind, m));
  }

  /** A new wrapper whose calls all go to {@code handler}. */
  Object newProxy(InvocationHandler handler) {
    if (constructor == null) {
      throw new IllegalStateException(kind + " is not wrapped by a proxy");
    }
    try {
      return constructor.newInstance(handler);
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
