package io.tenantpool.interception;

import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Where drivers make their sockets: every one is told to {@code DriverCalls.socketMade} before it
 * is connected, so that a connect can be ended by closing it. All versions of pgjdbc call {@code
 * SocketFactory.createSocket()} in {@code PGStream}, MariaDB's driver in one class of its own, and
 * MySQL's makes a plain {@code new Socket()}. Copies in other packages are known by the ends of
 * their names.
 */
final class DriverSockets implements InstrumentedType {

  /** Internal names, or ends of them. */
  private static final List<String> CLASSES =
      List.of(
          "/core/PGStream",
          "mariadb/jdbc/client/impl/ConnectionHelper",
          "mariadb/jdbc/internal/util/Utils",
          "mysql/cj/protocol/StandardSocketFactory");

  private static final String SOCKET = "java/net/Socket";
  private static final String MAKES = "()Ljava/net/Socket;";

  @Override
  public List<String> namesInClassFile() {
    return List.of(SOCKET);
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

      private boolean tells;

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        boolean byFactory =
            opcode == Opcodes.INVOKEVIRTUAL
                && name.equals("createSocket")
                && descriptor.equals(MAKES);
        boolean byNew =
            opcode == Opcodes.INVOKESPECIAL
                && owner.equals(SOCKET)
                && name.equals("<init>")
                && descriptor.equals("()V");
        if (byFactory || byNew) {
          tells = true;
          super.visitInsn(Opcodes.DUP);
          super.visitMethodInsn(
              Opcodes.INVOKESTATIC,
              ConnectAdvice.CALLS,
              "socketMade",
              "(Ljava/net/Socket;)V",
              false);
        }
      }

      @Override
      public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(tells ? maxStack + 1 : maxStack, maxLocals);
      }
    };
  }
}
