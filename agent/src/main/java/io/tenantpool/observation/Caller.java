package io.tenantpool.observation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** Who asks, as far as JMX knows: the principals of a connection that had to log in. */
final class Caller {

  /** Somebody without a name: over the attach API, or in the JVM itself. */
  static final String LOCAL = "local";

  private Caller() {}

  /** The names of the principals; {@link #LOCAL} without any. */
  static String name() {
    Subject subject = subject();
    Set<Principal> principals = subject == null ? Set.of() : subject.getPrincipals();
    return principals.isEmpty()
        ? LOCAL
        : principals.stream().map(Principal::getName).sorted().collect(Collectors.joining(","));
  }

  /**
   * {@code Subject.current()} where there is one, from JDK 18 on; before that what is bound to the
   * access control context, by reflection because that API is to be removed.
   */
  private static @Nullable Subject subject() {
    try {
      return (Subject) Subject.class.getMethod("current").invoke(null);
    } catch (NoSuchMethodException olderJdk) {
      return ofAccessController();
    } catch (IllegalAccessException | InvocationTargetException unknown) {
      return null;
    }
  }

  private static @Nullable Subject ofAccessController() {
    try {
      Class<?> controller = Class.forName("java.security.AccessController");
      Object context = controller.getMethod("getContext").invoke(null);
      Class<?> contextType = Class.forName("java.security.AccessControlContext");
      Method bound = Subject.class.getMethod("getSubject", contextType);
      return (Subject) bound.invoke(null, context);
    } catch (ReflectiveOperationException unknown) {
      return null;
    }
  }
}
