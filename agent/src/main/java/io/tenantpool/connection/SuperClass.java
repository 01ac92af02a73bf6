package io.tenantpool.connection;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a proxy class extends: the driver's class, so that {@code (PgConnection) connection} works,
 * or the nearest class above it that others can name. Where one cannot be extended safely it is
 * {@link Object}, and the proxy has the driver's interfaces alone.
 *
 * <p><b>Rule: nothing of the driver's class ever runs on a proxy.</b> A proxy has none of its
 * state. So each method must be one that a proxy overrides, those included that only the driver's
 * own package can call, and no field can be one that others reach. The class is {@linkplain
 * ExtensibleClass made so} when it is loaded.
 *
 * @param type the class
 * @param methods its own and those that it inherits from other classes of the driver, to override
 */
record SuperClass(Class<?> type, List<Method> methods) {

  static final SuperClass NONE = new SuperClass(Object.class, List.of());

  /** Public fields that nobody but the driver uses, and those of its own objects alone. */
  private static final Set<String> FIELDS_OF_THE_DRIVER =
      Set.of("PgStatement.wantsGeneratedKeysAlways");

  /** For objects of {@code driverClass}. */
  static SuperClass of(Class<?> driverClass, ProxyLoader loader) {
    Class<?> type = driverClass;
    while (type != null && !canBeNamed(type, loader)) {
      type = type.getSuperclass();
    }
    if (type == null || type == Object.class) {
      return NONE;
    }
    try {
      List<Method> methods = new ArrayList<>();
      for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
        if (!fits(each)) {
          return NONE;
        }
        add(each.getDeclaredMethods(), methods);
      }
      // Those that interfaces implement, which need not be public.
      add(type.getMethods(), methods);
      return new SuperClass(type, methods);
    } catch (LinkageError | RuntimeException e) {
      // A signature names a class that is not there, or reflection is not allowed.
      return NONE;
    }
  }

  private static boolean canBeNamed(Class<?> type, ProxyLoader loader) {
    return ProxyMethod.isPublic(type) && loader.sees(type);
  }

  private static boolean fits(Class<?> type) {
    if (Modifier.isFinal(type.getModifiers()) || type.isSealed() || !ExtensibleClass.is(type)) {
      return false;
    }
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())
          && !Modifier.isStatic(field.getModifiers())
          && !FIELDS_OF_THE_DRIVER.contains(type.getSimpleName() + "." + field.getName())) {
        return false;
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isOfTheDriver(method) && !canBeOverridden(method.getModifiers())) {
        return false;
      }
    }
    return true;
  }

  private static boolean canBeOverridden(int modifiers) {
    return !Modifier.isFinal(modifiers)
        && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
  }

  private static void add(Method[] all, List<Method> methods) {
    for (Method method : all) {
      if (method.getDeclaringClass() != Object.class && isOfTheDriver(method)) {
        methods.add(method);
      }
    }
  }

  /**
   * Whether it is a method of an object, that the driver has in its source. What a compiler did not
   * find there, bridges aside, is another agent's, which has it in each object.
   */
  private static boolean isOfTheDriver(Method method) {
    int modifiers = method.getModifiers();
    return !Modifier.isStatic(modifiers)
        && !Modifier.isPrivate(modifiers)
        && (!method.isSynthetic() || method.isBridge())
        && !isFinalizer(method);
  }

  /** A proxy has one that does nothing, which the JVM never calls. */
  private static boolean isFinalizer(Method method) {
    return method.getName().equals("finalize") && method.getParameterCount() == 0;
  }
}
