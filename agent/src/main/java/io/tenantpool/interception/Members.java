package io.tenantpool.interception;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Members of a pool's objects, private and inherited ones too, by name. Throws {@link
 * ReflectiveOperationException} where there is none, and {@link RuntimeException} where a module
 * does not let anybody in.
 */
final class Members {

  private Members() {}

  /**
   * Calls the method of that name with that many arguments; what it throws comes as an {@link
   * InvocationTargetException}.
   */
  static @Nullable Object call(Object target, String name, @Nullable Object... arguments)
      throws ReflectiveOperationException {
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && method.getParameterCount() == arguments.length
            && !method.isBridge()) {
          method.setAccessible(true);
          return method.invoke(target, arguments);
        }
      }
    }
    throw new NoSuchMethodException(target.getClass().getName() + '.' + name);
  }

  /** The value of a field, which must have one. */
  static Object get(Object target, String name) throws ReflectiveOperationException {
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          Object value = field.get(target);
          if (value != null) {
            return value;
          }
        }
      }
    }
    throw new NoSuchFieldException(target.getClass().getName() + '.' + name);
  }
}
