package io.tenantpool.connection;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** What the methods of a generated class are made of. */
final class Instructions {

  private Instructions() {}

  static MethodVisitor begin(ClassWriter out, int access, String method, String descriptor) {
    MethodVisitor code = out.visitMethod(access, method, descriptor, null, null);
    code.visitCode();
    return code;
  }

  static void end(MethodVisitor code, int returning) {
    code.visitInsn(returning);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  static void push(MethodVisitor code, int number) {
    if (number <= 5) {
      code.visitInsn(Opcodes.ICONST_0 + number);
    } else if (number <= Byte.MAX_VALUE) {
      code.visitIntInsn(Opcodes.BIPUSH, number);
    } else {
      code.visitIntInsn(Opcodes.SIPUSH, number);
    }
  }

  /** Calls it, of the object and with the arguments that are on the stack. */
  static void invoke(MethodVisitor code, ProxyMethod method) {
    boolean isInterface = method.owner().isInterface();
    code.visitMethodInsn(
        isInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
        Type.getInternalName(method.owner()),
        method.method().getName(),
        method.descriptor(),
        isInterface);
  }

  /** Makes an object of the value of that type on the stack; an object stays as it is. */
  static void box(MethodVisitor code, Type type) {
    String box = boxOf(type);
    if (!box.isEmpty()) {
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC, box, "valueOf", "(" + type + ")L" + box + ";", false);
    }
  }

  /** Makes a value of that type of the object on the stack, which is known to be one. */
  static void unbox(MethodVisitor code, Type type) {
    String box = boxOf(type);
    if (box.isEmpty()) {
      code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
    } else {
      code.visitTypeInsn(Opcodes.CHECKCAST, box);
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, box, type.getClassName() + "Value", "()" + type, false);
    }
  }

  private static String boxOf(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN -> "java/lang/Boolean";
      case Type.CHAR -> "java/lang/Character";
      case Type.BYTE -> "java/lang/Byte";
      case Type.SHORT -> "java/lang/Short";
      case Type.INT -> "java/lang/Integer";
      case Type.FLOAT -> "java/lang/Float";
      case Type.LONG -> "java/lang/Long";
      case Type.DOUBLE -> "java/lang/Double";
      default -> "";
    };
  }
}
