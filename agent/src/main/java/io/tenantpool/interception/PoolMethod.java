package io.tenantpool.interception;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * What there is to know of a pool's method before hooks are added to it.
 *
 * @param returns how many instructions return from it
 */
record PoolMethod(MethodShape shape, boolean isStatic, String descriptor, int returns) {

  static boolean isReturn(int opcode) {
    return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
  }

  /** What it returns. */
  Type returnType() {
    return Type.getReturnType(descriptor);
  }

  /** The local variables at its entry, as a stack map frame lists them. */
  List<Object> argumentsInFrame() {
    List<Object> locals = new ArrayList<>();
    if (!isStatic) {
      locals.add(shape.owner());
    }
    for (Type argument : Type.getArgumentTypes(descriptor)) {
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
