package io.tenantpool.interception;

import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Writes the instructions that lead along a {@link Hook.Path}, and frames where they meet. */
final class PathCode {

  private static final String OBJECT = "java/lang/Object";

  private final MethodVisitor out;
  private final boolean withFrames;

  /**
   * Writes to {@code out}.
   *
   * @param withFrames whether the class file has frames
   */
  PathCode(MethodVisitor out, boolean withFrames) {
    this.out = out;
    this.withFrames = withFrames;
  }

  /** Replaces what is on the stack, where the path starts, by what it leads to. */
  void write(Hook.Path path, List<Object> locals) {
    String type = path.type();
    for (Hook.Link link : path.links()) {
      Label passedOver = new Label();
      if (link.ifInstance()) {
        out.visitInsn(Opcodes.DUP);
        out.visitTypeInsn(Opcodes.INSTANCEOF, link.owner());
        out.visitJumpInsn(Opcodes.IFEQ, passedOver);
      }
      if (!link.owner().equals(type)) {
        out.visitTypeInsn(Opcodes.CHECKCAST, link.owner());
      }
      type = step(link);
      if (link.ifInstance()) {
        out.visitLabel(passedOver);
        frame(locals, OBJECT);
        out.visitInsn(Opcodes.NOP);
        type = OBJECT;
      }
    }
  }

  private String step(Hook.Link link) {
    if (link.opcode() == Opcodes.GETFIELD) {
      out.visitFieldInsn(link.opcode(), link.owner(), link.name(), link.descriptor());
      return Type.getType(link.descriptor()).getInternalName();
    }
    out.visitMethodInsn(
        link.opcode(),
        link.owner(),
        link.name(),
        link.descriptor(),
        link.opcode() == Opcodes.INVOKEINTERFACE);
    return Type.getReturnType(link.descriptor()).getInternalName();
  }

  /** A frame with these locals, and at most one object on the stack. */
  void frame(List<Object> locals, @Nullable Object onStack) {
    if (withFrames) {
      Object[] stack = onStack == null ? new Object[0] : new Object[] {onStack};
      out.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
    }
  }
}
