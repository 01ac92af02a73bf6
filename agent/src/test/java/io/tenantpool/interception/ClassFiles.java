package io.tenantpool.interception;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Class files of the test's class path, and classes made of them. */
final class ClassFiles {

  private ClassFiles() {}

  static byte[] of(Class<?> type) throws IOException {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file))) {
      return in.readAllBytes();
    }
  }

  /** As an instrumented class of a loader of its own. */
  static Class<?> instrumented(Class<?> type) throws IOException {
    byte[] rewritten = Objects.requireNonNull(ClassRewriter.rewrite(of(type), new DriverConnect()));
    return new ClassLoader(type.getClassLoader()) {
      Class<?> define() {
        return defineClass(type.getName(), rewritten, 0, rewritten.length);
      }
    }.define();
  }
}
