package io.tenantpool.interception;

import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Where pgjdbc derives the key of a login with SCRAM from the password: {@code
 * DriverCalls.loginKey} is called instead of {@code SecretKeyFactory.generateSecret}. That is one
 * class of a library that pgjdbc contains since 42.7, in a package of its own; versions before have
 * an implementation of PBKDF2 and are left as they are.
 */
final class ScramLogin implements InstrumentedType {

  /** Ends of internal names: the library's versions 3 and 2. */
  private static final List<String> CLASSES =
      List.of("ongres/scram/common/CryptoUtil", "ongres/scram/common/util/CryptoUtil");

  private static final String FACTORY = "javax/crypto/SecretKeyFactory";
  private static final String DERIVES = "(Ljava/security/spec/KeySpec;)Ljavax/crypto/SecretKey;";

  @Override
  public List<String> namesInClassFile() {
    return List.of(FACTORY, DERIVES);
  }

  @Override
  public boolean concerns(@Nullable String className) {
    return InstrumentedType.endsWithOne(CLASSES, className);
  }

  @Override
  public boolean opensConnections() {
    return false;
  }

  @Override
  public boolean instruments(int access, String name, String descriptor) {
    return (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
  }

  @Override
  public MethodVisitor instrument(MethodVisitor next, MethodShape method) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (opcode == Opcodes.INVOKEVIRTUAL
            && owner.equals(FACTORY)
            && name.equals("generateSecret")
            && descriptor.equals(DERIVES)) {
          super.visitMethodInsn(
              Opcodes.INVOKESTATIC,
              ConnectAdvice.CALLS,
              "loginKey",
              "(Ljavax/crypto/SecretKeyFactory;Ljava/security/spec/KeySpec;)Ljavax/crypto/SecretKey;",
              false);
        } else {
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
      }
    };
  }
}
