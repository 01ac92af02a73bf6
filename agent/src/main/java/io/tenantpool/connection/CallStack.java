package io.tenantpool.connection;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the application came to make a call. Taking it costs some microseconds, for the JVM notes the
 * frames alone; their names are looked up when somebody asks.
 */
public final class CallStack {

  private final Frames frames;

  private CallStack(Frames frames) {
    this.frames = frames;
  }

  /** Has frames of these classes taken for an application pool's, for an operator says so. */
  public static void namePools(Collection<String> classNames) {
    CodeOwner.namePools(classNames);
  }

  /** The stack of the calling thread. */
  public static CallStack here() {
    return new CallStack(new Frames());
  }

  /** From the innermost frame outwards, without those of the agent at its beginning. */
  public List<StackTraceElement> elements() {
    List<StackTraceElement> all = Arrays.asList(frames.getStackTrace());
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      CodeOwner owner = CodeOwner.of(all.get(i).getClassName());
      if (owner == CodeOwner.AGENT) {
        from = i + 1;
      } else if (owner == CodeOwner.APPLICATION || owner == CodeOwner.LIBRARY) {
        break;
      }
    }
    return all.subList(from, all.size()).stream().map(CallStack::plain).toList();
  }

  /** Class, method, file and line: no class loader's name, no module, no version. */
  static StackTraceElement plain(StackTraceElement frame) {
    return new StackTraceElement(
        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
  }

  /**
   * The application's own place in it: the innermost frame that is neither the JDK's nor a
   * library's; without any, the innermost of a library; null when there is none either.
   */
  public @Nullable StackTraceElement site() {
    StackTraceElement library = null;
    for (StackTraceElement frame : elements()) {
      CodeOwner owner = CodeOwner.of(frame.getClassName());
      if (owner == CodeOwner.APPLICATION) {
        return frame;
      }
      library = library == null && owner == CodeOwner.LIBRARY ? frame : library;
    }
    return library;
  }

  /** A throwable is what the JVM notes frames for at the least cost. */
  private static final class Frames extends Throwable {

    private static final long serialVersionUID = 1;

    Frames() {
      super(null, null, false, true);
    }
  }
}
