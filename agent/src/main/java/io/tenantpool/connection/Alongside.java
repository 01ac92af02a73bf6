package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * The way of a call that need not wait for the one that another thread has under way: to the
 * driver, beside it. The lease lasts until it is over. What it means for the books of the
 * connection is left as {@link Notes}.
 */
final class Alongside {

  private Alongside() {}

  /** The answer; {@link AtRest#ASK} when it has to go inside all the same. */
  static @Nullable Object answer(
      LogicalConnection session,
      LogicalObject target,
      Call call,
      @Nullable Object @Nullable [] args)
      throws Throwable {
    if (!session.entrance.workBeside()) {
      return AfterClose.answer(target, call, args);
    }
    try {
      Binding bound = session.binding();
      if (bound == null || !target.isBoundTo(bound)) {
        return session.answerAlongsideAtRest(target, call, args);
      }
      if (!session.isClear(target)) {
        return AtRest.ASK;
      }
      if (call.touches() != null || call.takesSql()) {
        session.entrance.notes.add(() -> bound.noteUse(call, args));
      }
      if (call.way() == Call.Way.HAND_OUT) {
        session.handOut(Pin.VENDOR_CALL);
      }
      @Nullable Object @Nullable [] driverArgs = args;
      if (args != null && call.mayTakeObject()) {
        driverArgs = args.clone();
        Wrapper.toDriver(session, driverArgs);
      }
      Object result = bound.invoke(target, call, driverArgs);
      Object returned = target.toApplication(result, call, args);
      session.noteAlongside(bound, target, call, args, returned);
      return returned;
    } finally {
      session.leaveWork();
    }
  }

  /** The driver's object behind {@code target}; {@link AtRest#ASK} as above. */
  static @Nullable Object unwrap(
      LogicalConnection session,
      LogicalObject target,
      Call call,
      @Nullable Object @Nullable [] args)
      throws Throwable {
    if (!session.entrance.workBeside()) {
      return AfterClose.answer(target, call, args);
    }
    try {
      if (LogicalConnection.isOfWrapper(target, args)) {
        return session.faceAlongside(target);
      }
      Binding bound = session.binding();
      if (bound == null || !target.isBoundTo(bound)) {
        return AtRest.ASK;
      }
      Object unwrapped = bound.invoke(target, call, args);
      session.handOut(Pin.UNWRAPPED);
      return unwrapped;
    } finally {
      session.leaveWork();
    }
  }
}
