package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * What a call means that was made of a connection while its application pool had it: by the pool,
 * which tests its connections, or by somebody who kept the connection beyond its return. For the
 * one, the session goes back at once; for the other, it stays until what he did is of no
 * consequence any more.
 */
final class UseAtRest {

  private UseAtRest() {}

  /** A call has succeeded in that rest, and gave {@code result} to the application. */
  static void note(
      Binding bound,
      int rest,
      @Nullable Recipe recipe,
      Call call,
      @Nullable Object @Nullable [] args,
      @Nullable Object result) {
    if (leavesSomething(rest, recipe, call, args) || leadsToSession(call, result)) {
      bound.usedIn(rest);
    }
  }

  private static boolean leavesSomething(
      int rest, @Nullable Recipe recipe, Call call, @Nullable Object @Nullable [] args) {
    if (recipe == null || !call.trace().executes()) {
      return executes(call) && !asks(args);
    }
    recipe.executedIn(rest);
    return call.trace() == Trace.EXECUTE_BATCH
        || !(args == null || args.length == 0 ? MereQuery.is(recipe.sql()) : asks(args));
  }

  /** Whether it is something that cannot be made anew, and is not known to be open or closed. */
  private static boolean leadsToSession(Call call, @Nullable Object result) {
    return result != null
        && call.mayReturnObject()
        && switch (ObjectKind.of(result.getClass())) {
          case OTHER_META_DATA, COMPOSITE, LOCATOR, STREAM -> true;
          default -> false;
        };
  }

  /** The driver's own way to execute SQL, without a statement. */
  private static boolean executes(Call call) {
    return call.method().getName().startsWith("execSQL");
  }

  private static boolean asks(@Nullable Object @Nullable [] args) {
    return args != null && args.length > 0 && args[0] instanceof String sql && MereQuery.is(sql);
  }
}
