package io.tenantpool.interception;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Adds hooks to the methods of one class of a pool library. No member is added. */
final class PoolRewriter {

  private PoolRewriter() {}

  /** The class file with all of {@code hooks}. */
  static byte[] rewrite(byte[] classFile, List<Hook> hooks) {
    Map<String, List<Hook>> byMethod = new HashMap<>();
    for (Hook hook : hooks) {
      byMethod.computeIfAbsent(hook.method(), method -> new ArrayList<>()).add(hook);
    }
    ClassReader reader = new ClassReader(classFile);
    Sizes sizes = new Sizes(byMethod);
    reader.accept(sizes, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Rewriting(writer, byMethod, sizes), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** First pass: how many local variables and returns the methods have. */
  private static final class Sizes extends ClassVisitor {

    private final Map<String, List<Hook>> hooks;
    private final Map<String, PoolMethod> methods = new HashMap<>();
    private String owner = "";
    private boolean hasFrames;

    Sizes(Map<String, List<Hook>> hooks) {
      super(Opcodes.ASM9);
      this.hooks = hooks;
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
      String method = name + descriptor;
      if (!hooks.containsKey(method)) {
        return null;
      }
      return new MethodVisitor(Opcodes.ASM9) {
        private int returns;

        @Override
        public void visitInsn(int opcode) {
          returns += PoolMethod.isReturn(opcode) ? 1 : 0;
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
          MethodShape shape = new MethodShape(owner, hasFrames, maxLocals);
          boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
          methods.put(method, new PoolMethod(shape, isStatic, descriptor, returns));
        }
      };
    }
  }

  /** Second pass. */
  private static final class Rewriting extends ClassVisitor {

    private final Map<String, List<Hook>> hooks;
    private final Sizes sizes;

    Rewriting(ClassVisitor next, Map<String, List<Hook>> hooks, Sizes sizes) {
      super(Opcodes.ASM9, next);
      this.hooks = hooks;
      this.sizes = sizes;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      PoolMethod method = sizes.methods.get(name + descriptor);
      List<Hook> here = hooks.get(name + descriptor);
      return method == null || here == null ? next : new PoolAdvice(next, method, here);
    }
  }
}
