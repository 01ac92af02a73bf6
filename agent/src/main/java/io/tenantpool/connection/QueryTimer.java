package io.tenantpool.connection;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The thread of pgjdbc that ends queries after their time-out. All connections share it; each that
 * ever ran a query with a time-out has a hold of it until it is closed, and the last one ends the
 * thread. A session that waits for its next lease was closed by the application, so it must not
 * keep the thread. The driver has no door for that: where its inside looks otherwise, or may not be
 * looked at, the thread stays until the session is closed.
 */
final class QueryTimer {

  private static final String RELEASE = "releaseTimer";

  private static final ClassValue<Optional<QueryTimer>> TIMERS =
      new ClassValue<>() {
        @Override
        protected Optional<QueryTimer> computeValue(Class<?> connectionClass) {
          return find(connectionClass);
        }
      };

  /** Has the hold; null when the connection itself has it, as before 42.5. */
  private final @Nullable Field holder;

  private final Method release;

  private QueryTimer(@Nullable Field holder, Method release) {
    this.holder = holder;
    this.release = release;
  }

  /** Lets the thread go, if {@code connection} holds it; it comes back when it is needed. */
  static void release(Connection connection) {
    QueryTimer timer = TIMERS.get(connection.getClass()).orElse(null);
    if (timer == null) {
      return;
    }
    try {
      Object target = timer.holder == null ? connection : timer.holder.get(connection);
      timer.release.invoke(target);
    } catch (IllegalAccessException | InvocationTargetException e) {
      // Then it ends with the session.
      return;
    }
  }

  private static Optional<QueryTimer> find(Class<?> connectionClass) {
    for (Class<?> type = connectionClass; type != null; type = type.getSuperclass()) {
      QueryTimer found = declaredBy(type);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static @Nullable QueryTimer declaredBy(Class<?> type) {
    Method own = methodOf(type);
    if (own != null) {
      return new QueryTimer(null, own);
    }
    for (Field field : type.getDeclaredFields()) {
      Method ofField =
          field.getType().getPackageName().equals(type.getPackageName())
              ? methodOf(field.getType())
              : null;
      if (ofField != null && isOpen(field)) {
        return new QueryTimer(field, ofField);
      }
    }
    return null;
  }

  private static @Nullable Method methodOf(Class<?> type) {
    try {
      Method method = type.getDeclaredMethod(RELEASE);
      return isOpen(method) ? method : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static boolean isOpen(AccessibleObject member) {
    try {
      member.setAccessible(true);
      return true;
    } catch (InaccessibleObjectException e) {
      return false;
    }
  }
}
