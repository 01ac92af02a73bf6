package io.tenantpool.interception;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * What there is to know of a method before it is instrumented.
 *
 * @param owner internal name of the class that declares it
 * @param hasFrames whether the class file's version has stack map frames
 * @param name its name and descriptor, in one
 * @param maxLocals how many local variable slots the method uses
 * @param returns how many instructions return from it
 */
record MethodShape(
    String owner, boolean hasFrames, boolean isStatic, String name, int maxLocals, int returns) {

  static boolean isReturn(int opcode) {
    return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
  }

  private String descriptor() {
    return name.substring(name.indexOf('('));
  }

  /** What it returns. */
  Type returnType() {
    return Type.getReturnType(descriptor());
  }

  /** The local variables at its entry, as a stack map frame lists them. */
  List<Object> argumentsInFrame() {
    List<Object> locals = new ArrayList<>();
    if (!isStatic) {
      locals.add(owner);
    }
    for (Type argument : Type.getArgumentTypes(descriptor())) {
      locals.add(inFrame(argument));
    }
    return locals;
  }

  /** A type as a stack map frame lists it. */
  static Object inFrame(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> Opcodes.INTEGER;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.LONG -> Opcodes.LONG;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      default -> type.getInternalName();
    };
  }
}
