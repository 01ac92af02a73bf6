package io.tenantpool.interception;

import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * One kind of type that the agent instruments, and how. A new one is a file of its own and an entry
 * in {@link #ALL}.
 */
interface InstrumentedType {

  /** All there are. */
  List<InstrumentedType> ALL = List.of(new DriverConnect());

  /** What the constant pool of every such class file holds, all of it; the cheap first look. */
  List<String> namesInClassFile();

  /** The second look: whether a method that the class declares is one to instrument. */
  boolean instruments(int access, String name, String descriptor);

  /** A visitor that adds to the method what is to be added, and hands it on to {@code next}. */
  MethodVisitor instrument(MethodVisitor next, MethodShape method);
}
