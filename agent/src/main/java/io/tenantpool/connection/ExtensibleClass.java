package io.tenantpool.connection;

import java.lang.reflect.Modifier;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Makes a class of a driver one that a wrapper can extend, while it is loaded:
 *
 * <ul>
 *   <li>a constructor more, which does nothing: a wrapper has no state of the driver's;
 *   <li>no method is final, and none can be overridden in the driver's package alone, so that a
 *       wrapper has every method and none of the driver's ever runs on it.
 * </ul>
 *
 * The driver's own objects notice nothing of it. A class that was loaded before cannot be changed
 * so.
 */
public final class ExtensibleClass {

  private static final String CONSTRUCTOR = "<init>";
  private static final String OBJECT = "java/lang/Object";

  /** Of the constructor; nobody has another one with this parameter. */
  static final String CONSTRUCTOR_TYPE = "(Ljava/lang/Void;)V";

  private ExtensibleClass() {}

  /** The class file as it is to be loaded; null when it is none of a class. */
  public static byte @Nullable [] of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    if ((reader.getAccess() & Opcodes.ACC_INTERFACE) != 0) {
      return null;
    }
    // Copies the code as it is, and computes nothing.
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Opening(writer, reader.getSuperName()), 0);
    return writer.toByteArray();
  }

  /** Whether the class was loaded as {@link #of} makes it. */
  public static boolean is(Class<?> type) {
    try {
      return type.getDeclaredConstructor(Void.class).isSynthetic();
    } catch (NoSuchMethodException | LinkageError | SecurityException e) {
      return false;
    }
  }

  private static final class Opening extends ClassVisitor {

    private final String superName;

    Opening(ClassVisitor next, String superName) {
      super(Opcodes.ASM9, next);
      this.superName = superName;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return super.visitMethod(opened(access, name), name, descriptor, signature, exceptions);
    }

    private static int opened(int access, String name) {
      if (name.startsWith("<") || Modifier.isStatic(access) || Modifier.isPrivate(access)) {
        return access;
      }
      int open = access & ~Opcodes.ACC_FINAL;
      return Modifier.isPublic(access) ? open : open | Opcodes.ACC_PROTECTED;
    }

    @Override
    public void visitEnd() {
      MethodVisitor code =
          super.visitMethod(
              Opcodes.ACC_PROTECTED | Opcodes.ACC_SYNTHETIC,
              CONSTRUCTOR,
              CONSTRUCTOR_TYPE,
              null,
              null);
      boolean ofObject = superName.equals(OBJECT);
      code.visitCode();
      code.visitVarInsn(Opcodes.ALOAD, 0);
      if (!ofObject) {
        code.visitVarInsn(Opcodes.ALOAD, 1);
      }
      code.visitMethodInsn(
          Opcodes.INVOKESPECIAL,
          superName,
          CONSTRUCTOR,
          ofObject ? "()V" : CONSTRUCTOR_TYPE,
          false);
      code.visitInsn(Opcodes.RETURN);
      code.visitMaxs(2, 2);
      code.visitEnd();
      super.visitEnd();
    }
  }
}
