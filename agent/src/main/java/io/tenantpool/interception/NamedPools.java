package io.tenantpool.interception;

import io.tenantpool.connection.CallStack;
import io.tenantpool.interception.Boundary.Event;
import io.tenantpool.interception.ClassShape.Member;
import io.tenantpool.upkeep.Faults;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The classes that an operator calls pools, in {@code tenantpool.pool-classes}. Nobody knows their
 * insides, so the shape of their methods has to tell:
 *
 * <ul>
 *   <li>A method that returns {@code java.sql.Connection} creates connections, and unless it is
 *       private, it lends what it returns. What one of them opens while it runs within another is
 *       set up until the outer one is left.
 *   <li>A method that is not private, answers nothing or a boolean, has one {@code Connection}
 *       among its parameters, and whose name begins as {@link #GIVING_BACK} says, takes that
 *       connection back. The name matters, for {@code void prepare(Connection)} may be called in
 *       the midst of a checkout.
 * </ul>
 *
 * A connection counts as returned from the entry of such a method, because before its end another
 * thread may have borrowed it; what the method still does, such as a roll-back, is then done with a
 * connection at rest. Outside of such a method it always counts as lent: a pool that hands out
 * wrappers of its own, which no hook can see through, then still has the session of a checkout to
 * itself from the first use until it is given back.
 *
 * <p>A class that lacks either kind of method is left as it is, and that is said once.
 */
final class NamedPools {

  private static final String CONNECTION = "Ljava/sql/Connection;";
  private static final String LIBRARY = "tenantpool.pool-classes: ";

  /** How the name of a method that takes a connection back begins. */
  static final List<String> GIVING_BACK =
      List.of(
          "release",
          "return",
          "give",
          "put",
          "recycle",
          "free",
          "checkin",
          "close",
          "offer",
          "push",
          "restore",
          "dispose",
          "surrender");

  private final Set<String> classNames = new LinkedHashSet<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Faults faults;

  /** The pools of these class names, as Java programs write them. */
  NamedPools(List<String> names, Faults faults) {
    CallStack.namePools(names);
    for (String name : names) {
      classNames.add(name.replace('.', '/'));
    }
    this.faults = faults;
  }

  /** Whether a creation by {@code library} is one of a pool that an operator named. */
  static boolean isNamed(String library) {
    return library.startsWith(LIBRARY);
  }

  /** Their internal names. */
  Set<String> classNames() {
    return classNames;
  }

  /** What to add to the class of this internal name; nothing if nobody named it. */
  List<Hook> hooks(String className, byte[] classFile) {
    if (!classNames.contains(className)) {
      return List.of();
    }
    List<Hook> handingOut = new ArrayList<>();
    List<Hook> takingBack = new ArrayList<>();
    for (Member method : ClassShape.of(classFile).methods()) {
      if (BoundaryResolver.hasCode(method)) {
        addHandingOut(className, method, handingOut);
        addTakingBack(className, method, takingBack);
      }
    }
    if (handingOut.isEmpty() || takingBack.isEmpty()) {
      refuse(className, handingOut.isEmpty());
      return List.of();
    }
    handingOut.addAll(takingBack);
    return handingOut;
  }

  private static void addHandingOut(String className, Member method, List<Hook> hooks) {
    if (!method.descriptor().endsWith(")".concat(CONNECTION))) {
      return;
    }
    hooks.add(hook(className, method, Event.CREATES, true, Value.self()));
    if (!method.has(Opcodes.ACC_PRIVATE)) {
      hooks.add(hook(className, method, Event.LENDS, false, Value.result()));
    }
  }

  private static void addTakingBack(String className, Member method, List<Hook> hooks) {
    int parameter = onlyConnection(method.descriptor());
    int answer = Type.getReturnType(method.descriptor()).getSort();
    if (parameter < 0
        || answer != Type.VOID && answer != Type.BOOLEAN
        || method.has(Opcodes.ACC_PRIVATE)
        || !soundsLikeGivingBack(method.name())) {
      return;
    }
    Value connection = Value.argument(parameter);
    hooks.add(hook(className, method, Event.RETURNS, true, connection));
    hooks.add(hook(className, method, Event.LENDS, false, connection));
  }

  /** The index of the one parameter that is a connection; -1 if there is none or several. */
  private static int onlyConnection(String descriptor) {
    Type[] parameters = Type.getArgumentTypes(descriptor);
    int found = -1;
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i].getDescriptor().equals(CONNECTION)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private static boolean soundsLikeGivingBack(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return GIVING_BACK.stream().anyMatch(lowerCase::startsWith);
  }

  private static Hook hook(
      String className, Member method, Event event, boolean atEntry, Value value) {
    Hook.Path path = BoundaryResolver.start(value.start(), value.argument(), className, method);
    if (path == null) {
      throw new IllegalStateException(method.name());
    }
    String name = className.replace('/', '.');
    return new Hook(
        method.name() + method.descriptor(), event, atEntry, path, null, LIBRARY.concat(name));
  }

  private void refuse(String className, boolean handsNothingOut) {
    if (refused.add(className)) {
      faults.say(
          "tenantpool.pool-classes names "
              + className.replace('/', '.')
              + (handsNothingOut
                  ? ", which declares no method that returns a java.sql.Connection"
                  : ", which declares no method such as void release(java.sql.Connection)")
              + "; its connections are treated as ones that the application opens itself");
    }
  }
}
