package io.tenantpool.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The classes of the pool, and the tests beside them, with every lock, monitor, park, wake-up,
 * volatile field, die and clock of theirs turned into one of the simulated {@link World}. What they
 * decide, and in which order they do it, is theirs. Without a protection domain, so that JaCoCo
 * leaves them alone.
 */
final class SimulatedClasses extends ClassLoader {

  private static final String ROOM = "io.tenantpool.pool.";
  private static final String LOCK = "io/tenantpool/pool/Mutex";
  private static final String HOOKS = "io/tenantpool/simulation/Hooks";
  private static final String RANDOM = "java/util/concurrent/ThreadLocalRandom";
  private static final String QUEUE = "java/util/concurrent/ConcurrentLinkedQueue";
  private static final String SET = "java/util/concurrent/ConcurrentHashMap";
  private static final Set<String> PLACES = Set.of("lock()V", "tryLock()Z", "unlock()V");

  private final Map<String, byte[]> changed;
  private final Set<String> found = new HashSet<>();

  /** With some of the classes replaced by changed ones. */
  SimulatedClasses(Map<String, byte[]> changed) {
    super("simulation", SimulatedClasses.class.getClassLoader());
    this.changed = changed;
  }

  /** A scene of this loader's. */
  Scene scene(String type) {
    try {
      loadClass("io.tenantpool.pool.Mutex");
      if (!found.equals(PLACES)) {
        throw new IllegalStateException(
            "the lock of the pool is not what it was; found " + found + " of " + PLACES);
      }
      var constructor = loadClass(type).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Scene) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!name.startsWith(ROOM)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        byte[] bytes = rewritten(name);
        loaded = defineClass(name, bytes, 0, bytes.length);
      }
      return loaded;
    }
  }

  private byte[] rewritten(String name) throws ClassNotFoundException {
    byte[] bytes = changed.get(name);
    if (bytes == null) {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        bytes = in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Rewriter(writer, reader.getClassName().equals(LOCK)), 0);
    return writer.toByteArray();
  }

  private final class Rewriter extends ClassVisitor {

    private final boolean isLock;
    private final Set<String> volatiles = new HashSet<>();
    private String type = "";

    Rewriter(ClassVisitor next, boolean isLock) {
      super(Opcodes.ASM9, next);
      this.isLock = isLock;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String parent,
        String[] interfaces) {
      type = name;
      super.visit(version, access, name, signature, parent, interfaces);
    }

    /** A class file has its fields before its methods. */
    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      if ((access & Opcodes.ACC_VOLATILE) != 0) {
        volatiles.add(type + "." + name);
      }
      return super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      String inner = name;
      int flags = access;
      if ((access & Opcodes.ACC_SYNCHRONIZED) != 0 && (access & Opcodes.ACC_STATIC) == 0) {
        inner = name + "$inside";
        flags = Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_SYNTHETIC;
        int outer = access & ~Opcodes.ACC_SYNCHRONIZED;
        enterMonitor(
            super.visitMethod(outer, name, descriptor, signature, exceptions), name, descriptor);
      }
      MethodVisitor calls =
          new Calls(super.visitMethod(flags, inner, descriptor, null, exceptions), volatiles);
      String place = name + descriptor;
      if (!isLock || !PLACES.contains(place)) {
        return calls;
      }
      found.add(place);
      return new LockMethod(calls, name);
    }

    /** In the place of a synchronized method: waits for its monitor, calls it, tells of the end. */
    private void enterMonitor(MethodVisitor outer, String name, String descriptor) {
      Label begin = new Label();
      Label end = new Label();
      outer.visitCode();
      outer.visitTryCatchBlock(begin, end, end, null);
      tell(outer, "beforeMonitor");
      outer.visitLabel(begin);
      outer.visitVarInsn(Opcodes.ALOAD, 0);
      int local = 1;
      for (Type argument : Type.getArgumentTypes(descriptor)) {
        outer.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
        local += argument.getSize();
      }
      outer.visitMethodInsn(Opcodes.INVOKESPECIAL, type, name + "$inside", descriptor, false);
      tell(outer, "leaveMonitor");
      outer.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
      outer.visitLabel(end);
      outer.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
      tell(outer, "leaveMonitor");
      outer.visitInsn(Opcodes.ATHROW);
      outer.visitMaxs(0, 0);
      outer.visitEnd();
    }

    private static void tell(MethodVisitor method, String hook) {
      method.visitVarInsn(Opcodes.ALOAD, 0);
      method.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, hook, "(Ljava/lang/Object;)V", false);
    }
  }

  /**
   * Calls of the JDK become calls of {@link Hooks}; what other threads may see or change without a
   * lock is looked at, or written, after others had their turn.
   */
  private static final class Calls extends MethodVisitor {

    private final Set<String> volatiles;

    Calls(MethodVisitor next, Set<String> volatiles) {
      super(Opcodes.ASM9, next);
      this.volatiles = volatiles;
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      if (volatiles.contains(owner + "." + name)) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "beforeAccess", "()V", false);
      }
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (owner.startsWith("java/util/concurrent/atomic/") || owner.equals(QUEUE)) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "beforeAccess", "()V", false);
      }
      if (opcode == Opcodes.INVOKEVIRTUAL && owner.equals(RANDOM)) {
        super.visitMethodInsn(
            Opcodes.INVOKEINTERFACE, "java/util/random/RandomGenerator", name, descriptor, true);
      } else if (owner.equals(SET) && name.equals("newKeySet")) {
        super.visitMethodInsn(opcode, HOOKS, name, "()Ljava/util/Set;", false);
      } else if (opcode != Opcodes.INVOKESTATIC || !isHooked(owner, name)) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      } else if (owner.equals(RANDOM)) {
        super.visitMethodInsn(opcode, HOOKS, name, "()Ljava/util/random/RandomGenerator;", false);
      } else {
        super.visitMethodInsn(opcode, HOOKS, name, descriptor, false);
      }
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
        boolean enters = opcode == Opcodes.MONITORENTER;
        super.visitInsn(Opcodes.DUP);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            HOOKS,
            enters ? "beforeMonitor" : "leaveMonitor",
            "(Ljava/lang/Object;)V",
            false);
      }
      super.visitInsn(opcode);
    }

    private static boolean isHooked(String owner, String name) {
      return switch (owner) {
        case "java/util/concurrent/locks/LockSupport", RANDOM -> true;
        case "java/lang/Thread" -> name.equals("onSpinWait");
        case "java/lang/System" -> name.equals("nanoTime") || name.equals("currentTimeMillis");
        default -> false;
      };
    }
  }

  /** A method of the lock tells the world before it does its work, and after. */
  private static final class LockMethod extends MethodVisitor {

    private final String name;

    LockMethod(MethodVisitor next, String name) {
      super(Opcodes.ASM9, next);
      this.name = name;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (!name.equals("unlock")) {
        tell(name.equals("lock") ? "beforeLock" : "beforeTryLock", "(Ljava/lang/Object;)V");
      }
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.IRETURN) {
        tell("tried", "(ZLjava/lang/Object;)Z");
      } else if (opcode == Opcodes.RETURN) {
        tell(name.equals("lock") ? "locked" : "unlocked", "(Ljava/lang/Object;)V");
      }
      super.visitInsn(opcode);
    }

    private void tell(String hook, String descriptor) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, hook, descriptor, false);
    }
  }
}
