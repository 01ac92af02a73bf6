package io.tenantpool.interception;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of type that the agent instruments, and how. A new one is a file of its own and an entry
 * in {@link #ALL}.
 */
interface InstrumentedType extends MethodChange {

  /** All there are. */
  List<InstrumentedType> ALL = List.of(new DriverConnect(), new DriverSockets(), new ScramLogin());

  /** What the constant pool of every such class file holds, all of it; the cheap first look. */
  List<String> namesInClassFile();

  /** Whether it may be a class of that internal name, which is not always known. */
  default boolean concerns(@Nullable String className) {
    return true;
  }

  /** Whether the class name ends with one of these; without a stream, for all classes come by. */
  static boolean endsWithOne(List<String> ends, @Nullable String className) {
    if (className != null) {
      for (String end : ends) {
        if (className.endsWith(end)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether what is not instrumented goes unnoticed, so that somebody has to be told. */
  default boolean opensConnections() {
    return true;
  }
}
