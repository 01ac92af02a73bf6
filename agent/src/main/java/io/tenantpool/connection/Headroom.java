package io.tenantpool.connection;

import java.lang.invoke.MethodHandles;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Sees to it that a stack overflow comes before something is changed, not in the middle of it. A
 * JVM looks at the entry of a method whether its whole frame fits on the stack, and compiled code
 * reckons with the frame that the interpreter would need. So the call of a method that claims a
 * large frame and uses none of it fails where less than that is left, and costs a touch of each
 * page otherwise. The interpreter counts the local variables, compilers the operand stack (and that
 * of inlined methods), so it claims both. That this holds on HotSpot 17 and 25, interpreted, with
 * C1 and with C2, is {@code HeadroomTest}'s to say.
 */
public final class Headroom {

  private static final int SLOTS_PER_KILOBYTE = 128;

  /** Twelve of it are not there for sure while a stack that has overflown is being unwound. */
  private static final Runnable STEP = probe(32);

  private static final Runnable WAY = probe(64);

  private Headroom() {}

  /** To be called while the agent is assembled: who uses it first may have no stack to make it. */
  public static void prepare() {
    forStep();
  }

  /**
   * Enough for one step of the books and for giving a session back.
   *
   * @throws StackOverflowError when there is less
   */
  public static void forStep() {
    STEP.run();
  }

  /**
   * Enough for the way from a request to its connection, but for what the driver needs.
   *
   * @throws StackOverflowError when there is less
   */
  public static void forWay() {
    WAY.run();
  }

  private static Runnable probe(int kilobytes) {
    try {
      return (Runnable)
          MethodHandles.lookup()
              .defineHiddenClass(code(kilobytes * SLOTS_PER_KILOBYTE), true)
              .lookupClass()
              .getConstructor()
              .newInstance();
    } catch (Throwable e) {
      // A class that fails to initialise, for want of stack as well, would be lost for ever. Then
      // an overflow in the middle is for the housekeeper to mend.
      return () -> {};
    }
  }

  /** {@code if (never) run();}: the call is what makes compilers reckon with the frame. */
  private static byte[] code(int slots) {
    String name = Type.getInternalName(Headroom.class) + "Probe";
    ClassWriter out = new ClassWriter(0);
    out.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL,
        name,
        null,
        "java/lang/Object",
        new String[] {"java/lang/Runnable"});
    out.visitField(Opcodes.ACC_STATIC, "never", "Z", null, null).visitEnd();
    MethodVisitor made = Instructions.begin(out, Opcodes.ACC_PUBLIC, "<init>", "()V");
    made.visitVarInsn(Opcodes.ALOAD, 0);
    made.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    made.visitInsn(Opcodes.RETURN);
    made.visitMaxs(1, 1);
    made.visitEnd();
    MethodVisitor run = Instructions.begin(out, Opcodes.ACC_PUBLIC, "run", "()V");
    Label end = new Label();
    run.visitFieldInsn(Opcodes.GETSTATIC, name, "never", "Z");
    run.visitJumpInsn(Opcodes.IFEQ, end);
    run.visitVarInsn(Opcodes.ALOAD, 0);
    run.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, "run", "()V", false);
    run.visitLabel(end);
    run.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    run.visitInsn(Opcodes.RETURN);
    run.visitMaxs(slots, slots);
    run.visitEnd();
    out.visitEnd();
    return out.toByteArray();
  }
}
