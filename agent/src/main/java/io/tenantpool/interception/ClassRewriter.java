package io.tenantpool.interception;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Instruments the methods of one class that a {@link MethodChange} asks for. */
final class ClassRewriter {

  private ClassRewriter() {}

  /** The class file as instrumented; null when it declares no method to instrument. */
  static byte @Nullable [] rewrite(byte[] classFile, MethodChange change) {
    ClassReader reader = new ClassReader(classFile);
    Shapes shapes = new Shapes(change);
    reader.accept(shapes, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    if (shapes.methods.isEmpty()) {
      return null;
    }
    // Copies every method as it is that is not asked for, and computes nothing.
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Rewriting(writer, change, shapes), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** First pass: the methods to instrument, and what they are like. */
  private static final class Shapes extends ClassVisitor {

    private final MethodChange change;
    private final Map<String, MethodShape> methods = new HashMap<>();
    private String owner = "";
    private boolean hasFrames;

    Shapes(MethodChange change) {
      super(Opcodes.ASM9);
      this.change = change;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      owner = name;
      hasFrames = (version & 0xffff) >= Opcodes.V1_6;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      if (!change.instruments(access, name, descriptor)) {
        return null;
      }
      String method = name + descriptor;
      boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
      return new MethodVisitor(Opcodes.ASM9) {
        private int returns;

        @Override
        public void visitInsn(int opcode) {
          returns += MethodShape.isReturn(opcode) ? 1 : 0;
        }

        @Override
        public void visitMaxs(int maxStack, int locals) {
          methods.put(method, new MethodShape(owner, hasFrames, isStatic, method, locals, returns));
        }
      };
    }
  }

  /** Second pass. */
  private static final class Rewriting extends ClassVisitor {

    private final MethodChange change;
    private final Shapes shapes;

    Rewriting(ClassVisitor next, MethodChange change, Shapes shapes) {
      super(Opcodes.ASM9, next);
      this.change = change;
      this.shapes = shapes;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      MethodShape shape = shapes.methods.get(name + descriptor);
      return shape == null ? next : change.instrument(next, shape);
    }
  }
}
