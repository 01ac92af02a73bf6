package io.tenantpool.interception;

import java.util.List;

/**
 * One kind of type that the agent instruments, and how. A new one is a file of its own and an entry
 * in {@link #ALL}.
 */
interface InstrumentedType extends MethodChange {

  /** All there are. */
  List<InstrumentedType> ALL = List.of(new DriverConnect());

  /** What the constant pool of every such class file holds, all of it; the cheap first look. */
  List<String> namesInClassFile();
}
