package io.tenantpool.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of an error beyond its SQLState, in no language: the routine of PostgreSQL's
 * source that raised it. Found by name, because the agent meets whatever driver the application
 * brings, in whatever class loader.
 */
public final class ServerMessages {

  private static final ClassValue<Optional<Method>> SERVER_ERROR_MESSAGE =
      getter("getServerErrorMessage");

  private static final ClassValue<Optional<Method>> ROUTINE = getter("getRoutine");

  private ServerMessages() {}

  private static ClassValue<Optional<Method>> getter(String name) {
    return new ClassValue<>() {
      @Override
      protected Optional<Method> computeValue(Class<?> type) {
        try {
          return Optional.of(type.getMethod(name));
        } catch (NoSuchMethodException e) {
          return Optional.empty();
        }
      }
    };
  }

  /** The name of the routine; null when the driver does not tell it. */
  public static @Nullable String routine(SQLException failure) {
    Object message = ask(SERVER_ERROR_MESSAGE, failure);
    Object routine = message == null ? null : ask(ROUTINE, message);
    return routine instanceof String name ? name : null;
  }

  private static @Nullable Object ask(ClassValue<Optional<Method>> getter, Object target) {
    Optional<Method> method = getter.get(target.getClass());
    if (method.isEmpty()) {
      return null;
    }
    try {
      return method.get().invoke(target);
    } catch (IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }
}
