package io.tenantpool.interception;

import io.tenantpool.interception.ClassShape.Member;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Finds in the class files at hand what the boundaries of a library speak of. */
final class BoundaryResolver {

  private final PoolLibrary library;
  private final String prefix;
  private final ClassShapes shapes;

  /**
   * @param prefix what stands before {@link Boundary#type} in the names of this copy of the library
   */
  BoundaryResolver(PoolLibrary library, String prefix, ClassShapes shapes) {
    this.library = library;
    this.prefix = prefix;
    this.shapes = shapes;
  }

  /**
   * What to add to the class of this internal name; nothing if any class of the library lacks a
   * required boundary.
   */
  List<Hook> hooks(String className) {
    List<Hook> hooks = new ArrayList<>();
    for (Boundary boundary : library.boundaries()) {
      List<Hook> resolved = resolve(boundary);
      if (resolved.isEmpty() && boundary.required()) {
        return List.of();
      }
      if (className.equals(prefix + boundary.type())) {
        hooks.addAll(resolved);
      }
    }
    return hooks;
  }

  /** Whether all required boundaries are there. */
  boolean isComplete() {
    for (Boundary boundary : library.boundaries()) {
      if (boundary.required() && resolve(boundary).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private List<Hook> resolve(Boundary boundary) {
    List<Hook> hooks = new ArrayList<>();
    ClassShape shape = shapes.find(prefix + boundary.type());
    if (shape == null) {
      return hooks;
    }
    for (Member method : shape.methods()) {
      if (isMeant(boundary, method)) {
        Hook.Path path = path(boundary.value(), shape, method);
        Value wanted = boundary.condition();
        Hook.Path condition = wanted == null ? null : path(wanted, shape, method);
        if (path != null && (wanted == null || condition != null)) {
          hooks.add(
              new Hook(
                  method.name() + method.descriptor(),
                  boundary.event(),
                  boundary.atEntry(),
                  path,
                  condition,
                  library.name()));
        }
      }
    }
    return hooks;
  }

  private static boolean isMeant(Boundary boundary, Member method) {
    return method.name().equals(boundary.method())
        && (boundary.descriptor() == null || method.descriptor().equals(boundary.descriptor()))
        && hasCode(method);
  }

  /** A bridge calls the method that it stands for; a constructor cannot be told apart in time. */
  static boolean hasCode(Member method) {
    return !method.has(Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE)
        && method.name().charAt(0) != '<';
  }

  private Hook.@Nullable Path path(Value value, ClassShape self, Member method) {
    Hook.Path start = start(value.start(), value.argument(), self.name(), method);
    if (start == null) {
      return null;
    }
    List<Hook.Link> links = new ArrayList<>();
    String type = start.type();
    for (Value.Step step : value.steps()) {
      Hook.Link link = link(step, type, self);
      if (link == null && step.ifInstance()) {
        continue;
      }
      if (link == null) {
        return null;
      }
      links.add(link);
      Type leadsTo =
          step.isMethod() ? Type.getReturnType(link.descriptor()) : Type.getType(link.descriptor());
      type = leadsTo.getInternalName();
    }
    return new Hook.Path(start.start(), start.slot(), start.type(), List.copyOf(links));
  }

  /** The path without its links; null when the method has no such start. */
  static Hook.@Nullable Path start(
      Value.Start start, int argument, String className, Member method) {
    boolean isStatic = method.has(Opcodes.ACC_STATIC);
    Type[] arguments = Type.getArgumentTypes(method.descriptor());
    Type type;
    int slot = isStatic ? 0 : 1;
    switch (start) {
      case THIS -> {
        // Of a static method, the class itself.
        return new Hook.Path(start, 0, isStatic ? "java/lang/Class" : className, List.of());
      }
      case RESULT -> type = Type.getReturnType(method.descriptor());
      case ARGUMENT -> {
        if (argument >= arguments.length) {
          return null;
        }
        type = arguments[argument];
        for (int i = 0; i < argument; i++) {
          slot += arguments[i].getSize();
        }
      }
      default -> throw new IllegalStateException(start.name());
    }
    return type.getSort() == Type.OBJECT
        ? new Hook.Path(start, slot, type.getInternalName(), List.of())
        : null;
  }

  private Hook.@Nullable Link link(Value.Step step, String type, ClassShape self) {
    String owner = step.owner() == null ? type : fullName(step.owner(), self);
    ClassShape shape = shapes.find(owner);
    if (shape == null) {
      return null;
    }
    Found found = find(step, shape);
    if (found == null || !isAccessible(found, owner, self)) {
      return null;
    }
    return new Hook.Link(
        opcode(step, found, shape),
        owner,
        step.member(),
        found.member.descriptor(),
        step.ifInstance());
  }

  private static int opcode(Value.Step step, Found found, ClassShape owner) {
    if (!step.isMethod()) {
      return Opcodes.GETFIELD;
    }
    if (found.member.has(Opcodes.ACC_PRIVATE)) {
      return Opcodes.INVOKESPECIAL;
    }
    return owner.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
  }

  /** A class that this one names, whatever package it was moved to; else one of the same copy. */
  private String fullName(String end, ClassShape self) {
    for (String named : self.named()) {
      if (PoolClassNames.endsWith(named, end)) {
        return named;
      }
    }
    return prefix + end;
  }

  private @Nullable Found find(Value.Step step, ClassShape owner) {
    for (Member member : step.isMethod() ? owner.methods() : owner.fields()) {
      if (member.name().equals(step.member()) && leadsOn(step, member)) {
        return new Found(owner.name(), member);
      }
    }
    for (String parent : owner.parents()) {
      ClassShape shape = shapes.find(parent);
      Found found = shape == null ? null : find(step, shape);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean leadsOn(Value.Step step, Member member) {
    Type type =
        step.isMethod()
            ? Type.getReturnType(member.descriptor())
            : Type.getType(member.descriptor());
    return type.getSort() == Type.OBJECT
        && !member.has(Opcodes.ACC_STATIC)
        && (!step.isMethod() || member.descriptor().startsWith("()"));
  }

  private static boolean isAccessible(Found found, String owner, ClassShape self) {
    if (found.member.has(Opcodes.ACC_PUBLIC) || found.declaredBy.equals(self.name())) {
      return true;
    }
    return !found.member.has(Opcodes.ACC_PRIVATE)
        && (ClassShape.packageOf(found.declaredBy).equals(ClassShape.packageOf(self.name()))
            || found.member.has(Opcodes.ACC_PROTECTED) && owner.equals(self.name()));
  }

  private record Found(String declaredBy, Member member) {}
}
