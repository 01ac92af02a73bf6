package io.tenantpool.connection;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread is at one moment, as far as its connections are concerned. Taking it stops the
 * thread for some microseconds.
 *
 * @param isCalling whether it is in a call to a driver
 * @param awaitsConnection whether it waits for a connection itself
 * @param site the innermost place in the application; of a library, or of the JDK, when there is
 *     none; null for a thread that has ended
 */
public record ThreadPlace(
    boolean isCalling, boolean awaitsConnection, @Nullable StackTraceElement site) {

  private static final String WAIT = "io.tenantpool.pool.Wait";

  /** Where that thread is. */
  public static ThreadPlace of(Thread thread) {
    return of(thread.getStackTrace());
  }

  static ThreadPlace of(StackTraceElement[] stack) {
    boolean inside = false;
    boolean waits = false;
    Map<CodeOwner, StackTraceElement> first = new EnumMap<>(CodeOwner.class);
    for (StackTraceElement frame : stack) {
      CodeOwner owner = CodeOwner.of(frame.getClassName());
      waits |= frame.getClassName().equals(WAIT);
      inside |= owner == CodeOwner.DRIVER || owner == CodeOwner.AGENT;
      first.putIfAbsent(owner, frame);
    }
    StackTraceElement other = first.getOrDefault(CodeOwner.LIBRARY, first.get(CodeOwner.JDK));
    StackTraceElement site = first.getOrDefault(CodeOwner.APPLICATION, other);
    return new ThreadPlace(inside && !waits, waits, site == null ? null : CallStack.plain(site));
  }
}
