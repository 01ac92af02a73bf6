package io.tenantpool.connection;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Writes the conversion of the value on the stack to an object, and back. */
final class Boxing {

  private Boxing() {}

  /** Of a value of that type; an object stays as it is. */
  static void box(MethodVisitor code, Type type) {
    String box = boxOf(type);
    if (!box.isEmpty()) {
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC, box, "valueOf", "(" + type + ")L" + box + ";", false);
    }
  }

  /** To that type, which the object is known to have. */
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
