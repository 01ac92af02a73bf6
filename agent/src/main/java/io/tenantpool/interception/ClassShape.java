package io.tenantpool.interception;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * What a class file declares and whom it names, without its code.
 *
 * @param name internal name
 * @param access flags of the class
 * @param parents internal names of the super class, if any, and of the interfaces
 * @param named internal names of the classes in its constant pool
 */
record ClassShape(
    String name,
    int access,
    List<String> parents,
    List<Member> fields,
    List<Member> methods,
    Set<String> named) {

  private static final int CLASS_TAG = 7;

  /** A field or a method. */
  record Member(int access, String name, String descriptor) {

    boolean has(int flag) {
      return (access & flag) != 0;
    }
  }

  boolean isInterface() {
    return (access & Opcodes.ACC_INTERFACE) != 0;
  }

  /** Internal name of the package. */
  static String packageOf(String internalName) {
    return internalName.substring(0, internalName.lastIndexOf('/') + 1);
  }

  static ClassShape of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    List<String> parents = new ArrayList<>();
    List<Member> fields = new ArrayList<>();
    List<Member> methods = new ArrayList<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public void visit(
              int version,
              int access,
              String name,
              @Nullable String signature,
              @Nullable String superName,
              String @Nullable [] interfaces) {
            if (superName != null) {
              parents.add(superName);
            }
            if (interfaces != null) {
              parents.addAll(List.of(interfaces));
            }
          }

          @Override
          public @Nullable FieldVisitor visitField(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              @Nullable Object value) {
            fields.add(new Member(access, name, descriptor));
            return null;
          }

          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            methods.add(new Member(access, name, descriptor));
            return null;
          }
        },
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new ClassShape(
        reader.getClassName(), reader.getAccess(), parents, fields, methods, named(reader));
  }

  private static Set<String> named(ClassReader reader) {
    Set<String> named = new HashSet<>();
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int at = reader.getItem(i);
      if (at > 0 && reader.readByte(at - 1) == CLASS_TAG) {
        named.add(reader.readUTF8(at, buffer));
      }
    }
    return named;
  }
}
