package io.tenantpool.interception;

import java.util.List;
import java.util.Properties;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * {@code java.sql.Driver#connect(String, Properties)}, the one place where nearly every way to a
 * connection meets. A driver that declares a narrower return type has a synthetic method of the
 * interface's descriptor; that one is what callers of the interface reach, and what is
 * instrumented.
 */
final class DriverConnect implements InstrumentedType {

  private static final String NAME = "connect";
  private static final String DESCRIPTOR =
      "(Ljava/lang/String;Ljava/util/Properties;)Ljava/sql/Connection;";

  /** Whether a class that is loaded declares it. */
  static boolean isDeclaredBy(Class<?> type) {
    try {
      return type.getDeclaredMethod(NAME, String.class, Properties.class).getDeclaringClass()
          == type;
    } catch (NoSuchMethodException | LinkageError inherited) {
      return false;
    }
  }

  @Override
  public List<String> namesInClassFile() {
    return List.of(DESCRIPTOR, NAME);
  }

  @Override
  public boolean instruments(int access, String name, String descriptor) {
    return (access & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0
        && name.equals(NAME)
        && descriptor.equals(DESCRIPTOR);
  }

  @Override
  public MethodVisitor instrument(MethodVisitor next, MethodShape method) {
    return new ConnectAdvice(next, method);
  }
}
