package io.tenantpool.interception;

import io.tenantpool.interception.Boundary.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Adds hooks to one method of a pool:
 *
 * <pre>{@code
 * PoolCalls.returned(this.connection);         // hooks at the entry
 * PoolCalls.creating(this, "HikariCP");
 * try {
 *   …the method, and before each of its returns:
 *   PoolCalls.created();
 *   PoolCalls.lent(result);                    // hooks at the exit
 * } catch (Throwable any) {
 *   PoolCalls.created();
 *   throw any;
 * }
 * }</pre>
 *
 * A path that leads to a connection through fields and methods is guarded: whatever goes wrong on
 * it ends there, and the method goes on. Its handlers stand first in the table, so that none of the
 * method's own sees such an exception; the handler of a creation stands last, after all of those.
 * The method may write to its parameters: what is needed of them at the exit is copied to a slot
 * behind its own, which every frame then lists.
 */
final class PoolAdvice extends MethodVisitor {

  static final String CALLS = "io/tenantpool/bootstrap/PoolCalls";

  private static final String OBJECT = "java/lang/Object";
  private static final String THROWABLE = "java/lang/Throwable";

  /** The most that a hook puts on the stack on top of what a return leaves there. */
  private static final int STACK = 3;

  private final MethodShape method;
  private final List<Hook> atEntry = new ArrayList<>();
  private final List<Hook> atExit = new ArrayList<>();
  private final Deque<Guard> guards = new ArrayDeque<>();
  private final Label created = new Label();
  private final int resultSlot;
  private @Nullable Hook creation;

  PoolAdvice(MethodVisitor next, MethodShape method, List<Hook> hooks) {
    super(Opcodes.ASM9, next);
    this.method = method;
    for (Hook hook : hooks) {
      if (hook.event() == Event.CREATES || hook.event() == Event.BYPASSES) {
        creation = hook;
      } else {
        (hook.atEntry() ? atEntry : atExit).add(hook);
      }
    }
    this.resultSlot = copySlot(atExit.size());
  }

  private record Guard(Label start, Label end, Label handler) {}

  @Override
  public void visitCode() {
    super.visitCode();
    atEntry.forEach(this::declareGuard);
    if (creation != null) {
      declareGuard(creation);
    }
    for (int i = 0; i < method.returns(); i++) {
      atExit.forEach(this::declareGuard);
    }
    for (Hook hook : atEntry) {
      tellFrom(hook, hook.path().slot(), method.argumentsInFrame());
      // The method may begin with a frame, and there can be but one at a place.
      super.visitInsn(Opcodes.NOP);
    }
    if (creation != null) {
      tellCreation(creation);
    }
    for (int i = 0; i < atExit.size(); i++) {
      if (atExit.get(i).path().start() != Value.Start.RESULT) {
        super.visitVarInsn(Opcodes.ALOAD, atExit.get(i).path().slot());
        super.visitVarInsn(Opcodes.ASTORE, copySlot(i));
      }
    }
    super.visitLabel(created);
  }

  private static boolean isGuarded(Hook hook) {
    return hook.condition() != null || !hook.path().links().isEmpty();
  }

  private void declareGuard(Hook hook) {
    if (isGuarded(hook)) {
      Guard guard = new Guard(new Label(), new Label(), new Label());
      super.visitTryCatchBlock(guard.start, guard.end, guard.handler, THROWABLE);
      guards.add(guard);
    }
  }

  private void tellCreation(Hook hook) {
    if (!isGuarded(hook)) {
      loadPool();
    } else {
      Guard guard = guards.remove();
      Label goOn = new Label();
      super.visitLabel(guard.start);
      super.visitVarInsn(Opcodes.ALOAD, hook.path().slot());
      follow(hook.path(), method.argumentsInFrame());
      super.visitLabel(guard.end);
      super.visitJumpInsn(Opcodes.GOTO, goOn);
      super.visitLabel(guard.handler);
      frame(method.argumentsInFrame(), THROWABLE);
      super.visitInsn(Opcodes.POP);
      loadPool();
      super.visitLabel(goOn);
      frame(method.argumentsInFrame(), OBJECT);
    }
    if (hook.event() == Event.CREATES) {
      super.visitLdcInsn(hook.library());
    } else {
      super.visitInsn(Opcodes.ACONST_NULL);
    }
    call("creating", "(Ljava/lang/Object;Ljava/lang/String;)V");
  }

  private void loadPool() {
    if (method.isStatic()) {
      super.visitLdcInsn(Type.getObjectType(method.owner()));
    } else {
      super.visitVarInsn(Opcodes.ALOAD, 0);
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (MethodShape.isReturn(opcode)) {
      if (creation != null) {
        call("created", "()V");
      }
      if (!atExit.isEmpty()) {
        tellExit();
      }
    }
    super.visitInsn(opcode);
  }

  private void tellExit() {
    Type result = method.returnType();
    boolean answers = result.getSort() != Type.VOID;
    if (answers) {
      super.visitVarInsn(result.getOpcode(Opcodes.ISTORE), resultSlot);
    }
    for (int i = 0; i < atExit.size(); i++) {
      Hook hook = atExit.get(i);
      boolean fromResult = hook.path().start() == Value.Start.RESULT;
      tellFrom(hook, fromResult ? resultSlot : copySlot(i), exitFrame(answers));
    }
    if (answers) {
      super.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultSlot);
    }
  }

  /** Tells what lies at the end of the path that starts in {@code slot}. */
  private void tellFrom(Hook hook, int slot, List<Object> locals) {
    String name = call(hook.event());
    if (!isGuarded(hook)) {
      super.visitVarInsn(Opcodes.ALOAD, slot);
      call(name, "(Ljava/lang/Object;)V");
      return;
    }
    Guard guard = guards.remove();
    Label goOn = new Label();
    super.visitLabel(guard.start);
    if (hook.condition() != null) {
      super.visitVarInsn(Opcodes.ALOAD, hook.condition().slot());
      follow(hook.condition(), locals);
      super.visitJumpInsn(Opcodes.IFNULL, goOn);
    }
    super.visitVarInsn(Opcodes.ALOAD, slot);
    follow(hook.path(), locals);
    call(name, "(Ljava/lang/Object;)V");
    super.visitLabel(guard.end);
    super.visitJumpInsn(Opcodes.GOTO, goOn);
    super.visitLabel(guard.handler);
    frame(locals, THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitLabel(goOn);
    frame(locals, null);
  }

  private static String call(Event event) {
    return switch (event) {
      case LENDS -> "lent";
      case WORKS_LATER -> "worksLater";
      case RETURNS -> "returned";
      case RETURNS_UNLESS_WORK -> "returnedUnlessWork";
      case USES -> "used";
      case CREATES, BYPASSES -> throw new IllegalArgumentException(event.name());
    };
  }

  private void follow(Hook.Path path, List<Object> locals) {
    String type = path.type();
    for (Hook.Link link : path.links()) {
      Label passedOver = new Label();
      if (link.ifInstance()) {
        super.visitInsn(Opcodes.DUP);
        super.visitTypeInsn(Opcodes.INSTANCEOF, link.owner());
        super.visitJumpInsn(Opcodes.IFEQ, passedOver);
      }
      if (!link.owner().equals(type)) {
        super.visitTypeInsn(Opcodes.CHECKCAST, link.owner());
      }
      if (link.opcode() == Opcodes.GETFIELD) {
        super.visitFieldInsn(link.opcode(), link.owner(), link.name(), link.descriptor());
        type = Type.getType(link.descriptor()).getInternalName();
      } else {
        super.visitMethodInsn(
            link.opcode(),
            link.owner(),
            link.name(),
            link.descriptor(),
            link.opcode() == Opcodes.INVOKEINTERFACE);
        type = Type.getReturnType(link.descriptor()).getInternalName();
      }
      if (link.ifInstance()) {
        super.visitLabel(passedOver);
        frame(locals, OBJECT);
        super.visitInsn(Opcodes.NOP);
        type = OBJECT;
      }
    }
  }

  private void call(String name, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, CALLS, name, descriptor, false);
  }

  private int copySlot(int exit) {
    return method.maxLocals() + exit;
  }

  /** After a return was prepared: nothing of the method's own, the copies, the result. */
  private List<Object> exitFrame(boolean answers) {
    List<Object> locals = new ArrayList<>(Collections.nCopies(method.maxLocals(), Opcodes.TOP));
    addCopies(locals);
    if (answers) {
      locals.add(MethodShape.inFrame(method.returnType()));
    }
    return locals;
  }

  private void addCopies(List<Object> locals) {
    for (Hook hook : atExit) {
      boolean isCopy = hook.path().start() != Value.Start.RESULT;
      locals.add(isCopy ? hook.path().type() : Opcodes.TOP);
    }
  }

  private void frame(List<Object> locals, @Nullable Object onStack) {
    if (method.hasFrames()) {
      Object[] stack = onStack == null ? new Object[0] : new Object[] {onStack};
      super.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
    }
  }

  @Override
  public void visitFrame(
      int type,
      int localCount,
      Object @Nullable [] locals,
      int stackCount,
      Object @Nullable [] stack) {
    if (atExit.isEmpty()) {
      super.visitFrame(type, localCount, locals, stackCount, stack);
      return;
    }
    List<Object> longer = new ArrayList<>();
    int slots = 0;
    for (int i = 0; locals != null && i < localCount; i++) {
      longer.add(locals[i]);
      slots += locals[i] == Opcodes.LONG || locals[i] == Opcodes.DOUBLE ? 2 : 1;
    }
    longer.addAll(Collections.nCopies(method.maxLocals() - slots, Opcodes.TOP));
    addCopies(longer);
    super.visitFrame(type, longer.size(), longer.toArray(), stackCount, stack);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (creation != null) {
      Label handler = new Label();
      super.visitTryCatchBlock(created, handler, handler, null);
      super.visitLabel(handler);
      frame(List.of(), THROWABLE);
      call("created", "()V");
      super.visitInsn(Opcodes.ATHROW);
    }
    super.visitMaxs(maxStack + STACK, resultSlot + 2);
  }
}
