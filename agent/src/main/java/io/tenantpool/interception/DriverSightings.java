package io.tenantpool.interception;

import io.tenantpool.config.NotPooled;
import io.tenantpool.pool.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drivers and pools that were met while classes were loaded, and could not be instrumented. The
 * agent may not be assembled yet: what is seen by then is kept, and told when somebody listens.
 * Thread-safe.
 */
public final class DriverSightings {

  /** A program that loads drivers without end before the agent listens. */
  private static final int MOST_KEPT = 100;

  private final List<Unpooled> kept = new ArrayList<>();
  private final Runnable first;
  private @Nullable Consumer<Unpooled> listener;

  /** {@code first} is called for each that nobody listens to yet: somebody is wanted. */
  public DriverSightings(Runnable first) {
    this.first = first;
  }

  /** From now on {@code told} hears of them; first of those that were seen before. */
  public void tell(Consumer<Unpooled> told) {
    List<Unpooled> before;
    synchronized (this) {
      listener = told;
      before = List.copyOf(kept);
      kept.clear();
    }
    before.forEach(told);
  }

  /** A class of that name, which {@code loader} is about to define, or has defined. */
  void met(NotPooled reason, String className, @Nullable ClassLoader loader, String detail) {
    add(new Unpooled(reason, null, named(className.replace('/', '.'), loader), detail));
  }

  private void add(Unpooled one) {
    Consumer<Unpooled> told;
    synchronized (this) {
      told = listener;
      if (told == null && kept.size() < MOST_KEPT) {
        kept.add(one);
      }
    }
    if (told == null) {
      first.run();
    } else {
      told.accept(one);
    }
  }

  /** A driver's class and its class loader, for people. */
  static String named(Class<?> type) {
    return named(type.getName(), type.getClassLoader());
  }

  static String named(String className, @Nullable ClassLoader loader) {
    return className + " of " + (loader == null ? "the boot loader" : "loader " + name(loader));
  }

  /** Its class, and the name that it was given, which is the same for all loaders of that kind. */
  private static String name(ClassLoader loader) {
    String given = loader.getName();
    String type = loader.getClass().getName();
    return given == null || given.isBlank() ? type : type + " \"" + given + "\"";
  }
}
