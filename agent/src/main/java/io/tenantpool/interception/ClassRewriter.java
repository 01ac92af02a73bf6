package io.tenantpool.interception;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Instruments the methods of one class that an {@link InstrumentedType} asks for. */
final class ClassRewriter {

  private ClassRewriter() {}

  /** The class file as instrumented; null when it declares no method to instrument. */
  static byte @Nullable [] rewrite(byte[] classFile, InstrumentedType type) {
    ClassReader reader = new ClassReader(classFile);
    Methods methods = new Methods(type);
    reader.accept(methods, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    if (methods.maxLocals.isEmpty()) {
      return null;
    }
    // Copies every method as it is that is not asked for, and computes nothing.
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Rewriting(writer, type, methods), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** First pass: the methods to instrument, and how many local variables they use. */
  private static final class Methods extends ClassVisitor {

    private final InstrumentedType type;
    private final Map<String, Integer> maxLocals = new HashMap<>();
    private String owner = "";
    private boolean hasFrames;

    Methods(InstrumentedType type) {
      super(Opcodes.ASM9);
      this.type = type;
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
      if (!type.instruments(access, name, descriptor)) {
        return null;
      }
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMaxs(int maxStack, int locals) {
          maxLocals.put(name + descriptor, locals);
        }
      };
    }
  }

  /** Second pass. */
  private static final class Rewriting extends ClassVisitor {

    private final InstrumentedType type;
    private final Methods methods;

    Rewriting(ClassVisitor next, InstrumentedType type, Methods methods) {
      super(Opcodes.ASM9, next);
      this.type = type;
      this.methods = methods;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      Integer maxLocals = methods.maxLocals.get(name + descriptor);
      return maxLocals == null || !type.instruments(access, name, descriptor)
          ? next
          : type.instrument(next, new MethodShape(methods.owner, methods.hasFrames, maxLocals));
    }
  }
}
