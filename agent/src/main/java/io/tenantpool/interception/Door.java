package io.tenantpool.interception;

import io.tenantpool.bootstrap.ConnectionBridge;
import io.tenantpool.bootstrap.DriverCalls;
import io.tenantpool.bootstrap.PoolCalls;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Whether the code of a class loader reaches the agent: what is added to a class calls {@link
 * DriverCalls} and {@link PoolCalls}, which the boot loader has. Thread-safe.
 */
final class Door {

  private static final String PACKAGE = ConnectionBridge.class.getPackageName();

  private final @Nullable Instrumentation instrumentation;
  private @Nullable DoorCopy copy;
  private boolean isCopyMade;

  /** {@code instrumentation} is needed for loaders that hide the boot loader; null without them. */
  Door(@Nullable Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Null when code of {@code loader} reaches the agent; else why not, and what to set. Where the
   * loader has a copy of the agent's classes of its own, it does from now on.
   */
  @Nullable String closedFor(ClassLoader loader) {
    try {
      return closedForWhatItShows(loader);
    } catch (ClassNotFoundException | LinkageError hidden) {
      return copiedInto(loader)
          ? null
          : "it does not ask the boot loader for the package " + PACKAGE + ": " + advice(loader);
    }
  }

  private static @Nullable String closedForWhatItShows(ClassLoader loader)
      throws ClassNotFoundException {

    Class<?> seen = Class.forName(DriverCalls.class.getName(), false, loader);
    boolean isOpen =
        seen == DriverCalls.class
            ? Class.forName(PoolCalls.class.getName(), false, loader) == PoolCalls.class
            : SideDoor.isOpened(seen);
    return isOpen
        ? null
        : "it has classes of the package "
            + PACKAGE
            + " that are another version of the agent's: let the boot loader come first for it";
  }

  private boolean copiedInto(ClassLoader loader) {
    DoorCopy classes = copy();
    try {
      return classes != null && classes.into(loader) && closedForWhatItShows(loader) == null;
    } catch (ClassNotFoundException | LinkageError stillHidden) {
      return false;
    }
  }

  /** Made when the first such loader comes. */
  private synchronized @Nullable DoorCopy copy() {
    if (!isCopyMade && instrumentation != null) {
      isCopyMade = true;
      copy = DoorCopy.of(instrumentation);
    }
    return copy;
  }

  /** By what the loaders of well-known frameworks are called. */
  private static String advice(ClassLoader loader) {
    for (Class<?> type = loader.getClass(); type != null; type = type.getSuperclass()) {
      String name = type.getName();
      if (name.startsWith("org.jboss.modules.")) {
        return "start the JVM with -Djboss.modules.system.pkgs="
            + PACKAGE
            + ", beside what is there";
      }
      if (name.startsWith("org.eclipse.osgi.")
          || name.startsWith("org.apache.felix.")
          || name.startsWith("org.knopflerfish.")) {
        return "set org.osgi.framework.bootdelegation=" + PACKAGE + ", beside what is there";
      }
    }
    return "have it delegate that package to its parents";
  }
}
