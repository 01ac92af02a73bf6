package io.tenantpool.connection;

import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes {@link JdbcProxy#tenantPoolCall}: the way from the number of a method to the driver's own.
 */
final class CallSwitch {

  /** So many calls fit in a method that the JVM still compiles, which ends at 8,000 bytes. */
  private static final int CALLS_PER_METHOD = 100;

  private static final String CALL = "tenantPoolCall";
  private static final String CALL_TYPE =
      "(ILjava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;";

  private final ClassWriter out;
  private final String name;
  private final List<ProxyMethod> methods;

  private CallSwitch(ClassWriter out, String name, List<ProxyMethod> methods) {
    this.out = out;
    this.name = name;
    this.methods = methods;
  }

  /** Into the class of that internal name. */
  static void write(ClassWriter out, String name, List<ProxyMethod> methods) {
    new CallSwitch(out, name, methods).write();
  }

  /** The way to the driver: one switch, or one that leads to others. */
  private void write() {
    int parts = (methods.size() + CALLS_PER_METHOD - 1) / CALLS_PER_METHOD;
    if (parts == 1) {
      writePart(Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC, CALL, 0);
      return;
    }
    for (int part = 0; part < parts; part++) {
      writePart(Opcodes.ACC_PRIVATE, CALL + part, part * CALLS_PER_METHOD);
    }
    MethodVisitor code =
        Instructions.begin(out, Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC, CALL, CALL_TYPE);
    Label[] labels = labels(parts);
    Label[] partOf = new Label[methods.size()];
    for (int i = 0; i < partOf.length; i++) {
      partOf[i] = labels[i / CALLS_PER_METHOD];
    }
    Label never = new Label();
    code.visitVarInsn(Opcodes.ILOAD, 1);
    code.visitTableSwitchInsn(0, partOf.length - 1, never, partOf);
    for (int part = 0; part < parts; part++) {
      writeLabel(code, labels[part]);
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitVarInsn(Opcodes.ILOAD, 1);
      code.visitVarInsn(Opcodes.ALOAD, 2);
      code.visitVarInsn(Opcodes.ALOAD, 3);
      code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, CALL + part, CALL_TYPE, false);
      code.visitInsn(Opcodes.ARETURN);
    }
    writeNever(code, never);
  }

  private void writePart(int access, String method, int first) {
    MethodVisitor code = Instructions.begin(out, access, method, CALL_TYPE);
    Label[] labels = labels(Math.min(CALLS_PER_METHOD, methods.size() - first));
    Label never = new Label();
    for (int i = 0; i < labels.length; i++) {
      if (!methods.get(first + i).isNameable()) {
        labels[i] = never;
      }
    }
    code.visitVarInsn(Opcodes.ILOAD, 1);
    code.visitTableSwitchInsn(first, first + labels.length - 1, never, labels);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != never) {
        writeLabel(code, labels[i]);
        writeCall(code, methods.get(first + i));
      }
    }
    writeNever(code, never);
  }

  private static Label[] labels(int count) {
    Label[] labels = new Label[count];
    for (int i = 0; i < count; i++) {
      labels[i] = new Label();
    }
    return labels;
  }

  /** The locals are the parameters, and nothing is on the stack. */
  private static void writeLabel(MethodVisitor code, Label label) {
    code.visitLabel(label);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
  }

  private static void writeNever(MethodVisitor code, Label never) {
    writeLabel(code, never);
    code.visitInsn(Opcodes.ACONST_NULL);
    Instructions.end(code, Opcodes.ATHROW);
  }

  private static void writeCall(MethodVisitor code, ProxyMethod method) {
    code.visitVarInsn(Opcodes.ALOAD, 2);
    code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(method.owner()));
    Type[] parameters = Type.getArgumentTypes(method.descriptor());
    for (int i = 0; i < parameters.length; i++) {
      code.visitVarInsn(Opcodes.ALOAD, 3);
      Instructions.push(code, i);
      code.visitInsn(Opcodes.AALOAD);
      Instructions.unbox(code, parameters[i]);
    }
    Instructions.invoke(code, method);
    Type result = Type.getReturnType(method.descriptor());
    if (result.getSort() == Type.VOID) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else {
      Instructions.box(code, result);
    }
    code.visitInsn(Opcodes.ARETURN);
  }
}
