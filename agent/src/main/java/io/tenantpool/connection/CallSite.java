package io.tenantpool.connection;

import java.lang.StackWalker.StackFrame;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The place in the application's source that made a call, as an operator wants to be told it. */
public final class CallSite {

  /** Without references to classes: the names suffice, and nothing of the application is kept. */
  private static final StackWalker WALKER = StackWalker.getInstance();

  private CallSite() {}

  /** The place that called into the agent on this thread. */
  public static @Nullable StackTraceElement here() {
    return WALKER.walk(CallSite::of);
  }

  /**
   * The first frame of the application, looking from the innermost outwards; without any, the first
   * one of a library, then of the JDK; null when there is only the agent and the driver.
   */
  static @Nullable StackTraceElement of(Stream<StackFrame> stack) {
    Map<CodeOwner, StackFrame> first = new EnumMap<>(CodeOwner.class);
    for (Iterator<StackFrame> frames = stack.iterator(); frames.hasNext(); ) {
      StackFrame frame = frames.next();
      CodeOwner owner = CodeOwner.of(frame.getClassName());
      first.putIfAbsent(owner, frame);
      if (owner == CodeOwner.APPLICATION) {
        break;
      }
    }
    StackFrame other = first.getOrDefault(CodeOwner.LIBRARY, first.get(CodeOwner.JDK));
    StackFrame found = first.getOrDefault(CodeOwner.APPLICATION, other);
    return found == null ? null : plain(found);
  }

  /** Class, method, file and line: no class loader's name, no module, no version. */
  private static StackTraceElement plain(StackFrame frame) {
    return new StackTraceElement(
        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
  }
}
