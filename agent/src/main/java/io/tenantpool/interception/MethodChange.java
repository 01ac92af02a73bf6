package io.tenantpool.interception;

import net.bytebuddy.jar.asm.MethodVisitor;

/** What is to be added to some methods of a class. */
interface MethodChange {

  /** Whether a method that the class declares is one to instrument. */
  boolean instruments(int access, String name, String descriptor);

  /** A visitor that adds to the method what is to be added, and hands it on to {@code next}. */
  MethodVisitor instrument(MethodVisitor next, MethodShape method);
}
