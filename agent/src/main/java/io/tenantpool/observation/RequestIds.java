package io.tenantpool.observation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which request a thread of the application works for, from the MDC of the application's SLF4J: the
 * one that the thread's context class loader sees. It keeps no loader alive, and wakes no logging:
 * an MDC is asked only when its SLF4J has been set up by the application. Thread-safe.
 */
final class RequestIds {

  /** Asks nobody. */
  static final RequestIds NONE = new RequestIds(List.of(), fault -> {});

  /** {@code LoggerFactory.SUCCESSFUL_INITIALIZATION} of SLF4J 1.7 and 2. */
  private static final int INITIALIZED = 3;

  /** Of one {@code org.slf4j.MDC}, which holds it: the two end together. */
  private static final ClassValue<Mdc> DOORS =
      new ClassValue<>() {
        @Override
        protected Mdc computeValue(Class<?> mdc) {
          return Mdc.of(mdc);
        }
      };

  private final List<String> keys;

  /** Where the agent's own classes are; its copy of SLF4J is not the application's. */
  private final @Nullable ClassLoader ours;

  private final Map<ClassLoader, WeakReference<@Nullable Class<?>>> classes = new WeakHashMap<>();
  private final Consumer<Throwable> faults;

  /** The first of {@code keys} that has a value counts; {@code faults} hears what an MDC throws. */
  RequestIds(List<String> keys, Consumer<Throwable> faults) {
    this(keys, RequestIds.class.getClassLoader(), faults);
  }

  RequestIds(List<String> keys, @Nullable ClassLoader ours, Consumer<Throwable> faults) {
    this.keys = keys;
    this.ours = ours;
    this.faults = faults;
  }

  /** The id of the request that the calling thread works for; null when that cannot be told. */
  @Nullable String current() {
    if (keys.isEmpty()) {
      return null;
    }
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class<?> mdc = loader == null || loader == ours ? null : mdc(loader);
      return mdc == null ? null : DOORS.get(mdc).first(keys);
    } catch (Throwable fault) {
      // Of an MDC that somebody else wrote, and never worth a connection.
      faults.accept(fault);
      return null;
    }
  }

  private @Nullable Class<?> mdc(ClassLoader loader) {
    synchronized (classes) {
      WeakReference<@Nullable Class<?>> known = classes.get(loader);
      if (known != null) {
        return known.get();
      }
    }
    // Outside the lock: a loader of the application may do anything.
    Class<?> found;
    try {
      found = Class.forName("org.slf4j.MDC", false, loader);
    } catch (ClassNotFoundException | LinkageError none) {
      found = null;
    }
    synchronized (classes) {
      classes.put(loader, new WeakReference<>(found));
    }
    return found;
  }

  /** What is called in one SLF4J; a state of null stands for one that cannot be looked into. */
  private record Mdc(@Nullable VarHandle state, @Nullable MethodHandle get) {

    static Mdc of(Class<?> mdc) {
      try {
        Class<?> factory = Class.forName("org.slf4j.LoggerFactory", false, mdc.getClassLoader());
        MethodHandles.Lookup inside =
            MethodHandles.privateLookupIn(factory, MethodHandles.lookup());
        return new Mdc(
            inside.findStaticVarHandle(factory, "INITIALIZATION_STATE", int.class),
            inside.findStatic(mdc, "get", MethodType.methodType(String.class, String.class)));
      } catch (ReflectiveOperationException | LinkageError unknown) {
        return new Mdc(null, null);
      }
    }

    @Nullable String first(List<String> keys) throws Throwable {
      if (state == null || get == null || (int) state.getVolatile() != INITIALIZED) {
        return null;
      }
      for (String key : keys) {
        String value = (String) get.invokeExact(key);
        if (value != null && !value.isBlank()) {
          return value;
        }
      }
      return null;
    }
  }
}
