package io.tenantpool.connection;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes a subclass of {@link JdbcProxy}:
 *
 * <pre>{@code
 * public final class PgStatement extends JdbcProxy implements Statement, … {
 *   public PgStatement(Object wrapper) { super(wrapper); }
 *   protected JdbcProxy tenantPoolNew(Object wrapper) { return new PgStatement(wrapper); }
 *
 *   public ResultSet executeQuery(String sql) {
 *     return (ResultSet) tenantPoolCalled(7, new Object[] {sql});
 *   }
 *   public int getInt(int column) {                       // a plain one
 *     Object driverObject = tenantPoolEnter();
 *     if (driverObject != null) {
 *       int result;
 *       try {
 *         result = ((ResultSet) driverObject).getInt(column);
 *       } catch (Throwable thrown) {
 *         throw tenantPoolFailed(thrown);
 *       }
 *       tenantPoolLeave();
 *       return result;
 *     }
 *     return (Integer) tenantPoolCalled(8, new Object[] {column});
 *   }
 *   …
 *   protected Object tenantPoolCall(int method, Object driverObject, Object[] arguments) {
 *     switch (method) {
 *       case 7: return ((Statement) driverObject).executeQuery((String) arguments[0]);
 *       …
 * }
 * }</pre>
 *
 * The few frames are known and written as they are: to compute them is what takes most of the time
 * to make a class of {@link java.lang.reflect.Proxy}.
 */
final class ProxyWriter {

  private static final String SUPER = Type.getInternalName(JdbcProxy.class);
  private static final String OBJECT = "java/lang/Object";

  private final ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
  private final String name;
  private final List<ProxyMethod> methods;

  private ProxyWriter(String name, List<ProxyMethod> methods) {
    this.name = name;
    this.methods = methods;
  }

  /** The class file of a proxy class of that name, with dots. */
  static byte[] write(String name, List<Class<?>> interfaces, List<ProxyMethod> methods) {
    ProxyWriter writer = new ProxyWriter(name.replace('.', '/'), methods);
    writer.out.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        writer.name,
        null,
        SUPER,
        interfaces.stream().map(Type::getInternalName).toArray(String[]::new));
    writer.writeConstructor();
    writer.writeNew();
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
    MethodVisitor code = begin(Opcodes.ACC_PUBLIC, "<init>", "(Ljava/lang/Object;)V");
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", "(Ljava/lang/Object;)V", false);
    Instructions.end(code, Opcodes.RETURN);
  }

  private void writeNew() {
    MethodVisitor code =
        begin(Opcodes.ACC_PROTECTED, "tenantPoolNew", "(Ljava/lang/Object;)L" + SUPER + ";");
    code.visitTypeInsn(Opcodes.NEW, name);
    code.visitInsn(Opcodes.DUP);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", "(Ljava/lang/Object;)V", false);
    Instructions.end(code, Opcodes.ARETURN);
  }

  /** What the application calls. */
  private void writeMethod(int number) {
    ProxyMethod method = methods.get(number);
    MethodVisitor code = begin(Opcodes.ACC_PUBLIC, method.method().getName(), method.descriptor());
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
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, SUPER, "tenantPoolEnter", "()Ljava/lang/Object;", false);
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
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, SUPER, "tenantPoolLeave", "()V", false);
    code.visitInsn(result.getOpcode(Opcodes.IRETURN));
    Object[] locals = locals(parameters);
    code.visitLabel(failed);
    code.visitFrame(Opcodes.F_FULL, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitInsn(Opcodes.SWAP);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        SUPER,
        "tenantPoolFailed",
        "(Ljava/lang/Throwable;)Ljava/lang/Throwable;",
        false);
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

  private static void writeCalled(MethodVisitor code, ProxyMethod method, int number) {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    Instructions.push(code, number);
    Type[] parameters = Type.getArgumentTypes(method.descriptor());
    if (parameters.length == 0) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else {
      writeArguments(code, parameters);
    }
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        SUPER,
        "tenantPoolCalled",
        "(I[Ljava/lang/Object;)Ljava/lang/Object;",
        false);
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
