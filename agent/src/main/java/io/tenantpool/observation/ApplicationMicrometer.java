package io.tenantpool.observation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The Micrometer 1.x of an application, in a class loader that knows nothing of the agent: reached
 * by reflection, with methods that are there from 1.9 on. What its meters read are functions of the
 * JDK's types, so that reading them needs no reflection.
 */
final class ApplicationMicrometer {

  private static final String PACKAGE = "io.micrometer.core.instrument.";

  /** The class that holds the global registry. */
  static final String METRICS = PACKAGE + "Metrics";

  private final Object registry;
  private final Kind gauge;
  private final Kind counter;
  private final Kind functionTimer;
  private final Kind timer;
  private final Method recordTime;
  private final Method remove;

  /**
   * {@code metrics} is the application's own.
   *
   * @throws ReflectiveOperationException when that is no Micrometer 1.x
   */
  ApplicationMicrometer(Class<?> metrics) throws ReflectiveOperationException {
    registry = metrics.getField("globalRegistry").get(null);
    ClassLoader loader = metrics.getClassLoader();
    Class<?> registryType = type("MeterRegistry", loader);
    gauge = kind("Gauge", registryType, String.class, Object.class, ToDoubleFunction.class);
    counter =
        kind("FunctionCounter", registryType, String.class, Object.class, ToDoubleFunction.class);
    functionTimer =
        kind(
            "FunctionTimer",
            registryType,
            String.class,
            Object.class,
            ToLongFunction.class,
            ToDoubleFunction.class,
            TimeUnit.class);
    timer = kind("Timer", registryType, String.class);
    recordTime = type("Timer", loader).getMethod("record", long.class, TimeUnit.class);
    remove = registryType.getMethod("remove", type("Meter", loader));
  }

  private static Class<?> type(String name, ClassLoader loader) throws ClassNotFoundException {
    return Class.forName(PACKAGE + name, false, loader);
  }

  private static Kind kind(String name, Class<?> registry, Class<?>... parameters)
      throws ReflectiveOperationException {
    Method builder = type(name, registry.getClassLoader()).getMethod("builder", parameters);
    Class<?> type = builder.getReturnType();
    return new Kind(
        builder,
        type.getMethod("description", String.class),
        type.getMethod("tags", String[].class),
        type.getMethod("register", registry));
  }

  /** Registers a gauge, or returns the one that is there; {@code held} is referred to weakly. */
  <T> Object gauge(
      String name, String description, T held, ToDoubleFunction<T> value, String... tags) {
    return register(gauge, description, tags, name, held, value);
  }

  <T> Object counter(
      String name, String description, T held, ToDoubleFunction<T> count, String... tags) {
    return register(counter, description, tags, name, held, count);
  }

  <T> Object timer(
      String name,
      String description,
      T held,
      ToLongFunction<T> count,
      ToDoubleFunction<T> nanos,
      String... tags) {
    return register(
        functionTimer, description, tags, name, held, count, nanos, TimeUnit.NANOSECONDS);
  }

  Object timer(String name, String description, String... tags) {
    return register(timer, description, tags, name);
  }

  void record(Object registeredTimer, long nanos) {
    call(recordTime, registeredTimer, nanos, TimeUnit.NANOSECONDS);
  }

  void remove(Object meter) {
    call(remove, registry, meter);
  }

  private Object register(Kind kind, String description, String[] tags, Object... arguments) {
    Object builder = result(kind.builder, null, arguments);
    result(kind.description, builder, description);
    result(kind.tags, builder, (Object) tags);
    return result(kind.register, builder, registry);
  }

  private static Object result(Method method, @Nullable Object target, Object... arguments) {
    Object result = call(method, target, arguments);
    if (result == null) {
      throw new IllegalStateException(method + " returned nothing");
    }
    return result;
  }

  private static @Nullable Object call(
      Method method, @Nullable Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      Throwable cause = thrown.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException(thrown);
    } catch (IllegalAccessException hidden) {
      throw new IllegalStateException(hidden);
    }
  }

  /** How one kind of meter is made. */
  private record Kind(Method builder, Method description, Method tags, Method register) {}
}
