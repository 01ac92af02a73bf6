package io.tenantpool.interception;

import java.util.Arrays;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Adds to an instance method {@code Connection m(String, Properties)}:
 *
 * <pre>{@code
 * Object pooled = DriverCalls.connect(this, url, info);
 * if (pooled != null) return (Connection) pooled;
 * …the method, and before each of its returns:
 * DriverCalls.opened(result, this, url, info);
 * }</pre>
 *
 * Nothing else: no member, no constant, no handler, so that a loaded class can be given it and no
 * exception of the method passes through code of ours. The method may write to its parameters; that
 * is why they are copied to slots behind its own, which every frame then has to list.
 */
final class ConnectAdvice extends MethodVisitor {

  static final String CALLS = "io/tenantpool/bootstrap/DriverCalls";

  private static final String CONNECTION = "java/sql/Connection";
  private static final String OBJECT = "java/lang/Object";
  private static final String STRING = "java/lang/String";
  private static final String PROPERTIES = "java/util/Properties";

  private final MethodShape method;
  private final int copies;

  ConnectAdvice(MethodVisitor next, MethodShape method) {
    super(Opcodes.ASM9, next);
    this.method = method;
    this.copies = method.maxLocals();
  }

  @Override
  public void visitCode() {
    super.visitCode();
    loadThree(0);
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        CALLS,
        "connect",
        "(Ljava/lang/Object;Ljava/lang/String;Ljava/util/Properties;)Ljava/lang/Object;",
        false);
    super.visitInsn(Opcodes.DUP);
    Label goOn = new Label();
    super.visitJumpInsn(Opcodes.IFNULL, goOn);
    super.visitTypeInsn(Opcodes.CHECKCAST, CONNECTION);
    super.visitInsn(Opcodes.ARETURN);
    super.visitLabel(goOn);
    if (method.hasFrames()) {
      super.visitFrame(
          Opcodes.F_NEW,
          3,
          new Object[] {method.owner(), STRING, PROPERTIES},
          1,
          new Object[] {OBJECT});
    }
    super.visitInsn(Opcodes.POP);
    for (int i = 0; i < 3; i++) {
      super.visitVarInsn(Opcodes.ALOAD, i);
      super.visitVarInsn(Opcodes.ASTORE, copies + i);
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.ARETURN) {
      super.visitInsn(Opcodes.DUP);
      loadThree(copies);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          CALLS,
          "opened",
          "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/String;Ljava/util/Properties;)V",
          false);
    }
    super.visitInsn(opcode);
  }

  private void loadThree(int first) {
    for (int i = 0; i < 3; i++) {
      super.visitVarInsn(Opcodes.ALOAD, first + i);
    }
  }

  @Override
  public void visitFrame(
      int type,
      int localCount,
      Object @Nullable [] locals,
      int stackCount,
      Object @Nullable [] stack) {
    Object[] longer = new Object[copies + 3];
    int slots = 0;
    int entries = 0;
    for (int i = 0; locals != null && i < localCount; i++) {
      longer[entries++] = locals[i];
      slots += locals[i] == Opcodes.LONG || locals[i] == Opcodes.DOUBLE ? 2 : 1;
    }
    for (; slots < copies; slots++) {
      longer[entries++] = Opcodes.TOP;
    }
    longer[entries++] = method.owner();
    longer[entries++] = STRING;
    longer[entries++] = PROPERTIES;
    super.visitFrame(type, entries, Arrays.copyOf(longer, entries), stackCount, stack);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    super.visitMaxs(Math.max(3, maxStack + 4), copies + 3);
  }
}
