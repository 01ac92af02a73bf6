package io.tenantpool.connection;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One logical connection and its lease.
 *
 * <p><b>Invariant: no call reaches the physical connection after the lease has ended.</b> Every
 * call goes to the driver through the {@link Entrance}, and looks only then whether the lease of
 * its object still lasts; a lease ends when nobody is with the driver.
 *
 * <p>A close that meets a call inside does what pgjdbc does, it closes the physical connection
 * under that call; a connection that was closed so is not reusable.
 */
abstract class LogicalConnection {

  /** A call of a stream. */
  @FunctionalInterface
  interface StreamCall<T> {
    T run() throws IOException;
  }

  /** Whoever is with the driver came in here. */
  final Entrance entrance = new Entrance();

  private final DriverTypes types;
  private final LogicalObject self;
  private final LeaseEnd leaseEnd;

  /** Whether SQL of several statements is refused. */
  private final boolean allowsOneStatement;

  /** The lease there is. Written from inside; taken away only while nobody is beside. */
  private volatile @Nullable Binding binding;

  /**
   * A connection that looks like one of {@code driverClass}, without a lease yet.
   *
   * @param allowsOneStatement see {@link StatementGuard}
   */
  LogicalConnection(Class<?> driverClass, boolean allowsOneStatement) {
    this.allowsOneStatement = allowsOneStatement;
    types = DriverTypes.of(driverClass);
    self = new LogicalObject(this, types.ofClass(driverClass));
    leaseEnd = LeaseEnd.of(this);
  }

  /** What the application holds. */
  final Connection connection() {
    return (Connection) self.proxy();
  }

  final DriverTypes types() {
    return types;
  }

  final boolean allowsOneStatement() {
    return allowsOneStatement;
  }

  final boolean isOpen() {
    return entrance.isOpen();
  }

  final @Nullable Binding binding() {
    return binding;
  }

  /** Whether it is open and has that lease. */
  final boolean isBoundTo(Binding lease) {
    return isOpen() && binding == lease;
  }

  final LogicalObject self() {
    return self;
  }

  final boolean isSelf(LogicalObject target) {
    return target == self;
  }

  /** Whether it can lose its lease and get another one. */
  abstract boolean isPortable();

  /** What can be answered without the lease that {@code target} has not. */
  @Nullable Object answerAtRest(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    return AfterClose.answer(target, call, args);
  }

  /** As {@link #answerAtRest}, of what is called beside. */
  @Nullable Object answerBesideAtRest(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    return AfterClose.answer(target, call, args);
  }

  /** As {@link #answerAtRest}, beside a call; {@link AtRest#ASK} when that has to be over first. */
  @Nullable Object answerAlongsideAtRest(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    return AfterClose.answer(target, call, args);
  }

  /** Leaves notes of a call that succeeded beside another one. */
  void noteAlongside(
      Binding bound,
      LogicalObject target,
      Call call,
      @Nullable Object @Nullable [] args,
      @Nullable Object returned) {}

  /** Whether what it has with the driver is all that its calls beside have to know. */
  boolean isClear(LogicalObject target) {
    return true;
  }

  /**
   * Gives {@code target} a driver's object, on a lease that begins now if there is none; false when
   * that cannot be.
   */
  boolean bind(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    return false;
  }

  /** What stands for the driver's connection where the wrapper would do as well. From inside. */
  Object faceOf(LogicalObject self) throws SQLException {
    return self.proxy();
  }

  /** As {@link #faceOf}, beside a call; {@link AtRest#ASK} when that has to be over first. */
  Object faceAlongside(LogicalObject self) {
    return self.proxy();
  }

  /** Whether a call that changes the driver's object will be made of the next one as well. */
  boolean willRepeat(Call call) {
    return false;
  }

  /** It was closed or aborted; a call may be inside. */
  void closedUnderCall() {}

  /** Before the last lease ends. From inside. */
  void beforeEnd() {}

  /** After the last lease has ended. */
  void ended() {}

  /** From inside, or when nobody else knows of this connection yet. */
  final Binding begin(Binding bound) {
    self.bind(bound.physical().driverConnection(), bound);
    leaseEnd.holds(bound);
    binding = bound;
    return bound;
  }

  /** From inside, with nobody beside. */
  final void leaseIsOver() {
    binding = null;
    leaseEnd.holds(null);
    self.bind(null, null);
  }

  /** Calls the driver; answers itself once this is closed. */
  final @Nullable Object forward(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    if (binding != null) {
      Headroom.forStep();
    }
    if (!entrance.tryEnter()) {
      if (!call.isExclusive()) {
        Object answer = Alongside.answer(this, target, call, args);
        if (answer != AtRest.ASK) {
          return answer;
        }
      }
      entrance.enter();
    }
    try {
      Binding lease = binding;
      if (lease != null) {
        // A lease ends with nothing left to enter, so without one there is nothing.
        entrance.notes.enter();
      }
      if (!isOpen()) {
        return AfterClose.answer(target, call, args);
      }
      if (!target.isBoundTo(lease)) {
        Object answer = answerAtRest(target, call, args);
        if (answer != AtRest.ASK) {
          return answer;
        }
        if (!bind(target, call, args)) {
          return AfterClose.answer(target, call, args);
        }
      }
      Binding bound = Objects.requireNonNull(binding);
      bound.noteUse(call, args);
      if (call.way() == Call.Way.HAND_OUT && !willRepeat(call)) {
        handOut(bound, Pin.VENDOR_CALL);
      }
      return callDriver(bound, target, call, args, target.administers(call, args));
    } finally {
      leave();
    }
  }

  private @Nullable Object callDriver(
      Binding bound,
      LogicalObject target,
      Call call,
      @Nullable Object @Nullable [] args,
      @Nullable AdministrativeSql sql)
      throws Throwable {
    Object result;
    if (sql != null) {
      result = Administration.perform(sql, bound, target, call, args);
    } else {
      try {
        result = callDriver(bound, target, call, args);
      } catch (SQLException e) {
        result = Administration.repeat(e, bound, target, call, args);
      }
    }
    bound.outdateIfCommitted();
    return result;
  }

  /** Calls the driver with its own objects, and wraps what it answers. From inside. */
  @Nullable Object callDriver(
      Binding bound, LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (args != null && call.mayTakeObject()) {
      Wrapper.toDriver(this, args);
    }
    return target.toApplication(bound.invoke(target, call, args), call, args);
  }

  /** Calls the driver beside a call that may be under way. */
  final @Nullable Object beside(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (!entrance.enterBeside()) {
      return AfterClose.answer(target, call, args);
    }
    try {
      Binding bound = binding;
      return bound != null && target.isBoundTo(bound)
          ? bound.invoke(target, call, args)
          : answerBesideAtRest(target, call, args);
    } finally {
      leaveBeside();
    }
  }

  /**
   * The driver's object behind {@code target}, for an interface or class that the wrapper does not
   * have; for one that it has, the wrapper itself, or what stands for its session.
   */
  final @Nullable Object unwrap(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (!isSelf(target) && isOpen() && isOfWrapper(target, args)) {
      return target.proxy();
    }
    if (!entrance.tryEnter()) {
      Object answer = Alongside.unwrap(this, target, call, args);
      if (answer != AtRest.ASK) {
        return answer;
      }
      entrance.enter();
    }
    try {
      if (!isOpen()) {
        return AfterClose.answer(target, call, args);
      }
      if (isOfWrapper(target, args)) {
        return faceOf(target);
      }
      entrance.notes.enter();
      if (!target.isBoundTo(binding) && !bind(target, call, args)) {
        return AfterClose.answer(target, call, args);
      }
      Binding bound = Objects.requireNonNull(binding);
      bound.physical().markTouched();
      Object unwrapped = bound.invoke(target, call, args);
      handOut(bound, Pin.UNWRAPPED);
      return unwrapped;
    } finally {
      leave();
    }
  }

  static boolean isOfWrapper(LogicalObject target, @Nullable Object @Nullable [] args) {
    return args != null && args[0] instanceof Class<?> wanted && wanted.isInstance(target.proxy());
  }

  /** A call of a stream that reads or writes through the session of that lease. */
  final <T> T stream(Binding bound, StreamCall<T> call) throws IOException {
    boolean inside = entrance.tryEnter();
    if (!inside && !entrance.workBeside()) {
      throw new IOException(AfterClose.CONNECTION_CLOSED);
    }
    try {
      if (!isBoundTo(bound)) {
        throw new IOException(AfterClose.CONNECTION_CLOSED);
      }
      return call.run();
    } catch (IOException e) {
      if (e.getCause() instanceof SQLException cause) {
        bound.physical().observe(cause);
      }
      throw e;
    } catch (RuntimeException | Error e) {
      bound.physical().observe(e);
      throw e;
    } finally {
      if (inside) {
        leave();
      } else {
        leaveWork();
      }
    }
  }

  /** What {@code target} says of itself, or null when the driver cannot be asked now. */
  final @Nullable String describe(LogicalObject target) {
    if (!entrance.tryEnter()) {
      return null;
    }
    try {
      return isOpen() && target.isBoundTo(binding)
          ? String.valueOf(target.delegate())
          : OwnData.textOf(target);
    } finally {
      leave();
    }
  }

  final void close() {
    Headroom.forStep();
    if (!entrance.enterBeside()) {
      return;
    }
    try {
      if (entrance.close() && entrance.isSomebodyAtWork()) {
        Binding bound = binding;
        if (bound != null) {
          bound.physical().close();
        }
        closedUnderCall();
      }
    } finally {
      leaveBeside();
    }
  }

  final void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw new SQLException("executor is null");
    }
    if (!entrance.enterBeside()) {
      return;
    }
    try {
      Binding bound = binding;
      if (bound != null) {
        bound.physical().markBroken();
        bound.physical().driverConnection().abort(executor);
      }
      entrance.close();
      closedUnderCall();
    } finally {
      leaveBeside();
    }
  }

  /** The reset cannot follow what the application holds from now on. In a call. */
  final void handOut(Pin cause) {
    Binding bound = Objects.requireNonNull(binding);
    if (entrance.isInside()) {
      handOut(bound, cause);
    } else {
      bound.physical().markHandedOut();
      pin(cause);
      entrance.notes.add(() -> handOut(bound, cause));
    }
  }

  /** As {@link #handOut(Pin)}, of that lease. From inside. */
  void handOut(Binding bound, Pin cause) {
    bound.handOut(cause);
  }

  /** Counts a cause once per lease. In a call. */
  final void pin(Pin cause) {
    Binding bound = Objects.requireNonNull(binding);
    if (entrance.isInside()) {
      bound.pin(cause);
    } else {
      StackTraceElement site = CallSite.here();
      entrance.notes.add(() -> bound.pin(cause, site));
    }
  }

  final void leave() {
    entrance.leave();
    settle();
  }

  /** Looks at what the driver keeps of the session of that lease, while it lasts. */
  final void lookBeside(Binding bound, Runnable look) {
    if (!entrance.enterBeside()) {
      return;
    }
    try {
      if (isBoundTo(bound)) {
        look.run();
      }
    } finally {
      leaveBeside();
    }
  }

  private void leaveBeside() {
    entrance.leaveBeside();
    settle();
  }

  final void leaveWork() {
    entrance.leaveWork();
    settle();
  }

  /** After a call: ends a lease that is to end as soon as it can. */
  void settle() {
    if (!isOpen() && entrance.alone(entrance::isReadyToEnd, this::end)) {
      ended();
    }
  }

  private boolean end() {
    if (!entrance.end()) {
      return false;
    }
    try {
      entrance.notes.enter();
      beforeEnd();
    } finally {
      leaseEnd.now();
    }
    return true;
  }
}
