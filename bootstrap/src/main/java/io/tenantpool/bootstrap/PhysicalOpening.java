package io.tenantpool.bootstrap;

/**
 * Whether this thread is opening a physical connection for the agent. Then no driver is redirected,
 * nor any driver that it delegates to.
 */
public final class PhysicalOpening {

  private static final ThreadLocal<Boolean> UNDER_WAY = new ThreadLocal<>();

  private PhysicalOpening() {}

  /** Whether one is under way on this thread. */
  public static boolean isUnderWay() {
    return UNDER_WAY.get() != null;
  }

  /**
   * One begins.
   *
   * @return to be given to {@link #end}
   */
  public static boolean begin() {
    boolean nested = isUnderWay();
    UNDER_WAY.set(Boolean.TRUE);
    return nested;
  }

  /** One ends. */
  public static void end(boolean nested) {
    if (!nested) {
      UNDER_WAY.remove();
    }
  }
}
