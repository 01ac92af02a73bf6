package io.tenantpool.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes a class that is a {@link JdbcProxy}:
 *
 * <pre>{@code
 * public final class PgResultSet extends …jdbc.PgResultSet implements JdbcProxy, ResultSet, … {
 *   private final Wrapper tenantPoolWrapper;
 *   public PgResultSet(Wrapper wrapper) { tenantPoolWrapper = wrapper; super((Void) null); }
 *   public Wrapper tenantPoolWrapper() { return tenantPoolWrapper; }
 *   public JdbcProxy tenantPoolNew(Wrapper wrapper) { return new PgResultSet(wrapper); }
 *
 *   public Statement getStatement() {
 *     return (Statement) tenantPoolWrapper.invoke(7, null);
 *   }
 *   public int getInt(int column) {                       // a plain one
 *     Object driverObject = tenantPoolWrapper.enter();
 *     if (driverObject != null) {
 *       int result;
 *       try {
 *         result = ((ResultSet) driverObject).getInt(column);
 *       } catch (Throwable thrown) {
 *         tenantPoolWrapper.leaveFailed(thrown);
 *         throw thrown;
 *       }
 *       tenantPoolWrapper.leave();
 *       return result;
 *     }
 *     return (Integer) tenantPoolWrapper.invoke(8, new Object[] {column});
 *   }
 *   …
 *   public Object tenantPoolCall(int method, Object driverObject, Object[] arguments) {
 *     switch (method) {
 *       case 8: return ((ResultSet) driverObject).getInt((Integer) arguments[0]);
 *       …
 * }
 * }</pre>
 *
 * The few frames are known and written as they are: to compute them is what takes most of the time
 * to make a class of {@link java.lang.reflect.Proxy}.
 */
final class ProxyWriter {

  private static final String PROXY = Type.getInternalName(JdbcProxy.class);
  private static final String WRAPPER = Type.getInternalName(Wrapper.class);
  private static final String FIELD = "tenantPoolWrapper";
  private static final String OBJECT = "java/lang/Object";
  private static final int OF_OURS = Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC;

  private final ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
  private final String name;
  private final Class<?> superClass;
  private final List<ProxyMethod> methods;

  private ProxyWriter(String name, Class<?> superClass, List<ProxyMethod> methods) {
    this.name = name;
    this.superClass = superClass;
    this.methods = methods;
  }

  /**
   * The class file of a proxy class of that name, with dots.
   *
   * @param superClass that of a {@link SuperClass}
   */
  static byte[] write(
      String name, Class<?> superClass, List<Class<?>> interfaces, List<ProxyMethod> methods) {
    ProxyWriter writer = new ProxyWriter(name.replace('.', '/'), superClass, methods);
    writer.out.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        writer.name,
        null,
        Type.getInternalName(superClass),
        Stream.concat(Stream.of(PROXY), interfaces.stream().map(Type::getInternalName))
            .toArray(String[]::new));
    writer.writeConstructor();
    writer.writeNew();
    writer.writeWrapper();
    if (superClass != Object.class) {
      writer.writeFinalizer();
    }
    for (int i = 0; i < methods.size(); i++) {
      writer.writeMethod(i);
    }
    CallSwitch.write(writer.out, writer.name, methods);
    writer.out.visitEnd();
    return writer.out.toByteArray();
  }

  private MethodVisitor begin(int access, String method, String descriptor) {
    return Instructions.begin(out, access, method, descriptor);
  }

  private void writeConstructor() {
    out.visitField(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
            FIELD,
            "L" + WRAPPER + ";",
            null,
            null)
        .visitEnd();
    MethodVisitor code = begin(Opcodes.ACC_PUBLIC, "<init>", "(L" + WRAPPER + ";)V");
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitFieldInsn(Opcodes.PUTFIELD, name, FIELD, "L" + WRAPPER + ";");
    code.visitVarInsn(Opcodes.ALOAD, 0);
    boolean ofObject = superClass == Object.class;
    if (!ofObject) {
      code.visitInsn(Opcodes.ACONST_NULL);
    }
    code.visitMethodInsn(
        Opcodes.INVOKESPECIAL,
        Type.getInternalName(superClass),
        "<init>",
        ofObject ? "()V" : ExtensibleClass.CONSTRUCTOR_TYPE,
        false);
    Instructions.end(code, Opcodes.RETURN);
  }

  private void writeNew() {
    MethodVisitor code = begin(OF_OURS, "tenantPoolNew", "(L" + WRAPPER + ";)L" + PROXY + ";");
    code.visitTypeInsn(Opcodes.NEW, name);
    code.visitInsn(Opcodes.DUP);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", "(L" + WRAPPER + ";)V", false);
    Instructions.end(code, Opcodes.ARETURN);
  }

  private void writeWrapper() {
    MethodVisitor code = begin(OF_OURS, "tenantPoolWrapper", "()L" + WRAPPER + ";");
    loadWrapper(code);
    Instructions.end(code, Opcodes.ARETURN);
  }

  /** The JVM does not register an object whose finalizer is empty. */
  private void writeFinalizer() {
    Instructions.end(begin(Opcodes.ACC_PROTECTED, "finalize", "()V"), Opcodes.RETURN);
  }

  private void loadWrapper(MethodVisitor code) {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETFIELD, name, FIELD, "L" + WRAPPER + ";");
  }

  private static void callWrapper(MethodVisitor code, String method, String descriptor) {
    code.visitMethodInsn(Opcodes.INVOKEINTERFACE, WRAPPER, method, descriptor, true);
  }

  /** What the application calls. */
  private void writeMethod(int number) {
    ProxyMethod method = methods.get(number);
    int access = method.isPublic() ? Opcodes.ACC_PUBLIC : Opcodes.ACC_PROTECTED;
    MethodVisitor code = begin(access, method.method().getName(), method.descriptor());
    if (method.isPlain()) {
      writeStraight(code, method);
    }
    writeCalled(code, method, number);
  }

  /** The driver's own call, where nothing else is to be done. */
  private void writeStraight(MethodVisitor code, ProxyMethod method) {
    Type[] parameters = Type.getArgumentTypes(method.descriptor());
    Type result = Type.getReturnType(method.descriptor());
    int driverObject = 1;
    for (Type parameter : parameters) {
      driverObject += parameter.getSize();
    }
    Label begin = new Label();
    Label end = new Label();
    Label failed = new Label();
    Label notNow = new Label();
    code.visitTryCatchBlock(begin, end, failed, "java/lang/Throwable");
    loadWrapper(code);
    callWrapper(code, "enter", "()Ljava/lang/Object;");
    code.visitVarInsn(Opcodes.ASTORE, driverObject);
    code.visitVarInsn(Opcodes.ALOAD, driverObject);
    code.visitJumpInsn(Opcodes.IFNULL, notNow);
    code.visitLabel(begin);
    code.visitVarInsn(Opcodes.ALOAD, driverObject);
    code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(method.owner()));
    int slot = 1;
    for (Type parameter : parameters) {
      code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
      slot += parameter.getSize();
    }
    Instructions.invoke(code, method);
    code.visitLabel(end);
    loadWrapper(code);
    callWrapper(code, "leave", "()V");
    code.visitInsn(result.getOpcode(Opcodes.IRETURN));
    Object[] locals = locals(parameters);
    code.visitLabel(failed);
    code.visitFrame(Opcodes.F_FULL, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
    code.visitInsn(Opcodes.DUP);
    loadWrapper(code);
    code.visitInsn(Opcodes.SWAP);
    callWrapper(code, "leaveFailed", "(Ljava/lang/Throwable;)V");
    code.visitInsn(Opcodes.ATHROW);
    code.visitLabel(notNow);
    code.visitFrame(Opcodes.F_FULL, locals.length, locals, 0, null);
  }

  /** This proxy, what it was called with, and the driver's object. */
  private Object[] locals(Type[] parameters) {
    List<Object> locals = new ArrayList<>();
    locals.add(name);
    for (Type parameter : parameters) {
      locals.add(
          switch (parameter.getSort()) {
            case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> parameter.getInternalName();
          });
    }
    locals.add(OBJECT);
    return locals.toArray();
  }

  private void writeCalled(MethodVisitor code, ProxyMethod method, int number) {
    loadWrapper(code);
    Instructions.push(code, number);
    Type[] parameters = Type.getArgumentTypes(method.descriptor());
    if (parameters.length == 0) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else {
      writeArguments(code, parameters);
    }
    callWrapper(code, "invoke", "(I[Ljava/lang/Object;)Ljava/lang/Object;");
    Type result = Type.getReturnType(method.descriptor());
    if (result.getSort() == Type.VOID) {
      code.visitInsn(Opcodes.POP);
    } else {
      Instructions.unbox(code, result);
    }
    Instructions.end(code, result.getOpcode(Opcodes.IRETURN));
  }

  private static void writeArguments(MethodVisitor code, Type[] parameters) {
    Instructions.push(code, parameters.length);
    code.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    int slot = 1;
    for (int i = 0; i < parameters.length; i++) {
      code.visitInsn(Opcodes.DUP);
      Instructions.push(code, i);
      code.visitVarInsn(parameters[i].getOpcode(Opcodes.ILOAD), slot);
      Instructions.box(code, parameters[i]);
      code.visitInsn(Opcodes.AASTORE);
      slot += parameters[i].getSize();
    }
  }
}
