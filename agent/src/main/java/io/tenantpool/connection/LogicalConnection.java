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

  /** The lease there is. Written from inside; taken away only while nobody is beside. */
  private volatile @Nullable Binding binding;

  /** A connection that looks like one of {@code driverClass}, without a lease yet. */
  LogicalConnection(Class<?> driverClass) {
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

  /**
   * Gives {@code target} a driver's object, on a lease that begins now if there is none; false when
   * that cannot be.
   */
  boolean bind(LogicalObject target) throws Throwable {
    return false;
  }

  /** What stands for the driver's connection where the wrapper would do as well. From inside. */
  Object faceOf(LogicalObject self) throws SQLException {
    return self.proxy();
  }

  /** Whether a call that changes the driver's object will be made of the next one as well. */
  boolean willRepeat(Call call) {
    return false;
  }

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

  /** Calls the driver from inside; answers itself once this is closed. */
  final @Nullable Object forward(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    entrance.enter();
    try {
      if (!isOpen()) {
        return AfterClose.answer(target, call, args);
      }
      if (!target.isBoundTo(binding)) {
        Object answer = answerAtRest(target, call, args);
        if (answer != AtRest.ASK) {
          return answer;
        }
        bind(target);
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
    entrance.enter();
    try {
      if (!isOpen()) {
        return AfterClose.answer(target, call, args);
      }
      if (args != null && args[0] instanceof Class<?> wanted && wanted.isInstance(target.proxy())) {
        return isSelf(target) ? faceOf(target) : target.proxy();
      }
      if (!target.isBoundTo(binding) && !bind(target)) {
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

  /** A call of a stream that reads or writes through the session of that lease. */
  final <T> T stream(Binding bound, StreamCall<T> call) throws IOException {
    entrance.enter();
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
    } finally {
      leave();
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
    if (!entrance.enterBeside()) {
      return;
    }
    try {
      if (entrance.close() && entrance.isSomebodyInside()) {
        Binding bound = binding;
        if (bound != null) {
          bound.physical().close();
        }
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
    } finally {
      leaveBeside();
    }
  }

  /** The reset cannot follow what the application holds from now on. From inside. */
  final void handOut(Pin cause) {
    handOut(Objects.requireNonNull(binding), cause);
  }

  /** As {@link #handOut(Pin)}, of that lease. */
  void handOut(Binding bound, Pin cause) {
    bound.handOut(cause);
  }

  /** Counts a cause once per lease. From inside. */
  final void pin(Pin cause) {
    Objects.requireNonNull(binding).pin(cause);
  }

  final void leave() {
    entrance.leave();
    settle();
  }

  private void leaveBeside() {
    entrance.leaveBeside();
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
      beforeEnd();
    } finally {
      leaseEnd.now();
    }
    return true;
  }
}
