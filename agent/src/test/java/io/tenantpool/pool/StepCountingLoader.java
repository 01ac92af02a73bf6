package io.tenantpool.pool;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Loads this package anew, and has it count its steps: each method that is called and each round of
 * a loop is one. So a test can say how much work something is, on whatever machine. What the JDK's
 * collections do inside is not counted.
 */
final class StepCountingLoader extends ClassLoader {

  /** Where the steps are counted; of the loader that loaded this one. */
  public static final class Steps {

    /** Of the thread that runs the test; the only one. */
    public static long count;

    private Steps() {}
  }

  private static final String PACKAGE = "io.tenantpool.pool.";
  private static final String STEPS = Steps.class.getName().replace('.', '/');

  StepCountingLoader() {
    super(StepCountingLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE) || name.startsWith(StepCountingLoader.class.getName())) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      ClassReader reader = new ClassReader(in.readAllBytes());
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Counting(writer), 0);
      byte[] counted = writer.toByteArray();
      return defineClass(name, counted, 0, counted.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static final class Counting extends ClassVisitor {

    Counting(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, next) {
        private final Set<Label> seen = new HashSet<>();

        @Override
        public void visitCode() {
          super.visitCode();
          step();
        }

        @Override
        public void visitLabel(Label label) {
          seen.add(label);
          super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
          if (seen.contains(label)) {
            step();
          }
          super.visitJumpInsn(opcode, label);
        }

        private void step() {
          super.visitFieldInsn(Opcodes.GETSTATIC, STEPS, "count", "J");
          super.visitInsn(Opcodes.LCONST_1);
          super.visitInsn(Opcodes.LADD);
          super.visitFieldInsn(Opcodes.PUTSTATIC, STEPS, "count", "J");
        }
      };
    }
  }
}
