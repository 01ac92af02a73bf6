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
 *   result = PoolCalls.unwrapped(result);
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
  private final PathCode path;
  private final List<Hook> atEntry = new ArrayList<>();
  private final List<Hook> atExit = new ArrayList<>();
  private final Deque<Guard> guards = new ArrayDeque<>();
  private final Label created = new Label();
  private final int resultSlot;
  private @Nullable Hook creation;

  PoolAdvice(MethodVisitor next, MethodShape method, List<Hook> hooks) {
    super(Opcodes.ASM9, next);
    this.method = method;
    this.path = new PathCode(next, method.hasFrames());
    for (Hook hook : hooks) {
      if (isCreation(hook.event())) {
        creation = hook;
      } else {
        (hook.atEntry() ? atEntry : atExit).add(hook);
      }
    }
    this.resultSlot = copySlot(atExit.size());
  }

  /** What has an end, however the method ends. */
  private static boolean isCreation(Event event) {
    return event == Event.CREATES || event == Event.BYPASSES || event == Event.SETS_UP;
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
      loadStart(hook);
    } else {
      Guard guard = guards.remove();
      Label goOn = new Label();
      super.visitLabel(guard.start);
      super.visitVarInsn(Opcodes.ALOAD, hook.path().slot());
      path.write(hook.path(), method.argumentsInFrame());
      super.visitLabel(guard.end);
      super.visitJumpInsn(Opcodes.GOTO, goOn);
      super.visitLabel(guard.handler);
      path.frame(method.argumentsInFrame(), THROWABLE);
      super.visitInsn(Opcodes.POP);
      loadWithoutPath(hook);
      super.visitLabel(goOn);
      path.frame(method.argumentsInFrame(), OBJECT);
    }
    if (hook.event() == Event.SETS_UP) {
      call("settingUp", "(Ljava/lang/Object;)V");
      return;
    }
    if (hook.event() == Event.CREATES) {
      super.visitLdcInsn(hook.library());
    } else {
      super.visitInsn(Opcodes.ACONST_NULL);
    }
    call("creating", "(Ljava/lang/Object;Ljava/lang/String;)V");
  }

  private void loadStart(Hook hook) {
    if (hook.event() == Event.SETS_UP) {
      super.visitVarInsn(Opcodes.ALOAD, hook.path().slot());
    } else {
      loadPool();
    }
  }

  /** What stands for a pool or a connection to which the path does not lead. */
  private void loadWithoutPath(Hook hook) {
    if (hook.event() == Event.SETS_UP) {
      super.visitInsn(Opcodes.ACONST_NULL);
    } else {
      loadPool();
    }
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
      if (hook.event() == Event.UNWRAPS) {
        replaceResult(result);
        continue;
      }
      boolean fromResult = hook.path().start() == Value.Start.RESULT;
      tellFrom(hook, fromResult ? resultSlot : copySlot(i), exitFrame(answers));
    }
    if (answers) {
      super.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultSlot);
    }
  }

  /** What is returned instead has the type that the method declares, or is what it was. */
  private void replaceResult(Type declared) {
    super.visitVarInsn(Opcodes.ALOAD, resultSlot);
    call("unwrapped", "(Ljava/lang/Object;)Ljava/lang/Object;");
    super.visitTypeInsn(Opcodes.CHECKCAST, declared.getInternalName());
    super.visitVarInsn(Opcodes.ASTORE, resultSlot);
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
      path.write(hook.condition(), locals);
      super.visitJumpInsn(Opcodes.IFNULL, goOn);
    }
    super.visitVarInsn(Opcodes.ALOAD, slot);
    path.write(hook.path(), locals);
    call(name, "(Ljava/lang/Object;)V");
    super.visitLabel(guard.end);
    super.visitJumpInsn(Opcodes.GOTO, goOn);
    super.visitLabel(guard.handler);
    path.frame(locals, THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitLabel(goOn);
    path.frame(locals, null);
  }

  private static String call(Event event) {
    return switch (event) {
      case LENDS -> "lent";
      case WORKS_LATER -> "worksLater";
      case RETURNS -> "returned";
      case RETURNS_UNLESS_WORK -> "returnedUnlessWork";
      case USES -> "used";
      case UNWRAPS, CREATES, BYPASSES, SETS_UP -> throw new IllegalArgumentException(event.name());
    };
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
      path.frame(List.of(), THROWABLE);
      call("created", "()V");
      super.visitInsn(Opcodes.ATHROW);
    }
    super.visitMaxs(maxStack + STACK, resultSlot + 2);
  }
}
