package io.tenantpool.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One logical connection: its lease, and who is inside it.
 *
 * <p><b>Invariant: no call reaches the physical connection after the lease has ended.</b> A call is
 * in one of two places while it is with the driver:
 *
 * <ul>
 *   <li><i>inside</i>: it holds {@link #lock}. All calls of the connection and of everything made
 *       from it, one at a time; they look at the state only after they have the lock.
 *   <li><i>beside</i>: it is counted in {@link #beside}. Cancel, abort, isClosed and close, which
 *       must get through while another thread is inside; they are let in only while the state is
 *       open.
 * </ul>
 *
 * <p>The state goes from open to closed once, by whoever closes or aborts first. From then on
 * nobody enters; the lease ends when nobody is inside or beside, by the last who leaves: everyone
 * who leaves looks ({@link #endIfFree}). So a physical connection is never given away with a call
 * in it.
 *
 * <p>A close that meets a call inside does what pgjdbc does, it closes the physical connection
 * under that call; a connection that was closed so is not reusable.
 */
final class LogicalConnection {

  private enum State {
    OPEN,
    CLOSED,
    LEASE_ENDED
  }

  /** A call of a stream. */
  @FunctionalInterface
  interface StreamCall<T> {
    T run() throws IOException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Object gate = new Object();
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  @GuardedBy("gate")
  private int beside;

  private final DriverTypes types;
  private final LogicalObject self;
  private final LeaseEnd leaseEnd;

  /** Null for a connection that was opened directly: its one lease lasts until it is closed. */
  private final @Nullable Portability portability;

  /**
   * The lease there is. Written under the lock and the gate, so that either suffices to read it.
   */
  private volatile @Nullable Binding binding;

  /** A connection that was opened directly. */
  LogicalConnection(Lease lease) {
    Binding only = new Binding(lease);
    Connection raw = only.physical().driverConnection();
    types = DriverTypes.of(raw.getClass());
    self = new LogicalObject(this, types.of(raw));
    self.bind(raw, only);
    binding = only;
    portability = null;
    leaseEnd = LeaseEnd.of(this, only);
  }

  /** A connection of an application pool, without a physical one yet. */
  LogicalConnection(Portability portability) {
    Class<?> connectionClass = portability.profile().connectionClass();
    types = DriverTypes.of(connectionClass);
    self = new LogicalObject(this, types.ofClass(connectionClass));
    this.portability = portability;
    leaseEnd = LeaseEnd.of(this, null);
  }

  /** What the application holds. */
  Connection connection() {
    return (Connection) self.proxy();
  }

  DriverTypes types() {
    return types;
  }

  boolean isOpen() {
    return state.get() == State.OPEN;
  }

  @Nullable Portability portability() {
    return portability;
  }

  boolean isPortable() {
    return portability != null;
  }

  /** Whether it is open and has that lease. */
  boolean isBoundTo(Binding lease) {
    return isOpen() && binding == lease;
  }

  /** Calls the driver under the lock; answers itself once this is closed. */
  @Nullable Object forward(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    lock.lock();
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
      return forwardTo(Objects.requireNonNull(binding), target, call, args);
    } finally {
      leave();
    }
  }

  private @Nullable Object forwardTo(
      Binding bound, LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    DriverConnection physical = bound.physical();
    physical.markTouched();
    SessionProperty touches = call.touches();
    if (touches != null) {
      physical.state().touch(touches);
    }
    if (call.takesSql() && args != null && SeedWatch.isMentioned((String) args[0])) {
      physical.state().touch(SessionProperty.SEED);
    }
    if (call.way() == Call.Way.HAND_OUT) {
      handOut(Pin.VENDOR_CALL);
    }
    if (portability != null) {
      return forwardPortably(portability, bound, target, call, args);
    }
    if (args != null && call.mayTakeObject()) {
      LogicalObject.toDriver(this, args);
    }
    return target.toApplication(invoke(bound, target, call, args), call, args);
  }

  /** Notes what has to be repeated on another physical connection. */
  private @Nullable Object forwardPortably(
      Portability portable,
      Binding bound,
      LogicalObject target,
      Call call,
      @Nullable Object @Nullable [] args)
      throws Throwable {
    @Nullable Object @Nullable [] driverArgs = args;
    if (args != null && call.mayTakeObject()) {
      driverArgs = args.clone();
      LogicalObject.toDriver(this, driverArgs);
    }
    Recipe recipe = target.recipe();
    Object result;
    try {
      result = invoke(bound, target, call, driverArgs);
    } finally {
      if (recipe != null && call.trace() == Call.Trace.END_BATCH) {
        recipe.endBatch();
      }
    }
    if (target == self) {
      portable.noteConnection(call, args, bound.physical());
    } else if (call.way() == Call.Way.CLOSE_OBJECT) {
      bound.open().remove(target);
    } else if (recipe != null && call.trace() != Call.Trace.NONE) {
      portable.noteStatement(recipe, call, args, bound.physical());
    }
    return target.toApplication(result, call, args);
  }

  /** What can be answered without the physical connection that {@code target} has not. */
  private @Nullable Object answerAtRest(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    if (target == self) {
      return AtRest.ofConnection(self, Objects.requireNonNull(portability), call.method(), args);
    }
    Recipe recipe = target.recipe();
    if (recipe == null || target.isClosed()) {
      return AfterClose.answer(target, call, args);
    }
    return AtRest.ofStatement(target, recipe, call.method(), args);
  }

  /** Gives {@code target} a driver's object, on a lease that begins now if there is none. */
  private void bind(LogicalObject target) throws Throwable {
    Binding bound = binding;
    if (bound == null) {
      bound = begin(Objects.requireNonNull(portability).begin());
    }
    Recipe recipe = target.recipe();
    if (recipe != null) {
      try {
        target.bindTo(bound, recipe);
      } catch (SQLException e) {
        bound.physical().observe(e);
        throw e;
      }
    }
  }

  private Binding begin(Binding bound) {
    synchronized (gate) {
      binding = bound;
    }
    leaseEnd.holds(bound);
    self.bind(bound.physical().driverConnection(), bound);
    return bound;
  }

  /** Begins its first lease, when nobody else knows of this connection yet. */
  void beginWith(Lease lease) throws SQLException {
    begin(Objects.requireNonNull(portability).begin(lease));
  }

  /** Calls the driver beside a call that may be under way. */
  @Nullable Object beside(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (!enterBeside()) {
      return AfterClose.answer(target, call, args);
    }
    try {
      Binding bound = binding;
      return bound != null && target.isBoundTo(bound)
          ? invoke(bound, target, call, args)
          : answerBesideAtRest(target, call, args);
    } finally {
      leaveBeside();
    }
  }

  /** There is nothing to cancel, and only the application closes what is not with the driver. */
  private @Nullable Object answerBesideAtRest(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    boolean lost = target != self && target.recipe() == null;
    if (lost) {
      return AfterClose.answer(target, call, args);
    }
    return call.method().getReturnType() == boolean.class ? target.isClosed() : null;
  }

  /**
   * The driver's object behind {@code target}, for an interface or class that the wrapper does not
   * have; the wrapper itself for one that it has.
   */
  @Nullable Object unwrap(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    lock.lock();
    try {
      if (!isOpen()) {
        return AfterClose.answer(target, call, args);
      }
      if (args != null && args[0] instanceof Class<?> wanted && wanted.isInstance(target.proxy())) {
        return target.proxy();
      }
      if (!target.isBoundTo(binding)) {
        if (target != self && (target.recipe() == null || target.isClosed())) {
          return AfterClose.answer(target, call, args);
        }
        bind(target);
      }
      Binding bound = Objects.requireNonNull(binding);
      bound.physical().markTouched();
      Object unwrapped = invoke(bound, target, call, args);
      handOut(Pin.UNWRAPPED);
      return unwrapped;
    } finally {
      leave();
    }
  }

  /** A call of a stream that reads or writes through the session of that lease. */
  <T> T stream(Binding bound, StreamCall<T> call) throws IOException {
    lock.lock();
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
  @Nullable String describe(LogicalObject target) {
    if (!lock.tryLock()) {
      return null;
    }
    try {
      return isOpen() && target.isBoundTo(binding) ? String.valueOf(target.delegate()) : null;
    } finally {
      leave();
    }
  }

  void close() {
    if (!enterBeside()) {
      return;
    }
    try {
      if (state.compareAndSet(State.OPEN, State.CLOSED) && isSomebodyInside()) {
        Binding bound = binding;
        if (bound != null) {
          bound.physical().close();
        }
      }
    } finally {
      leaveBeside();
    }
  }

  void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw new SQLException("executor is null");
    }
    if (!enterBeside()) {
      return;
    }
    try {
      Binding bound = binding;
      if (bound != null) {
        bound.physical().markBroken();
        bound.physical().driverConnection().abort(executor);
      }
      state.compareAndSet(State.OPEN, State.CLOSED);
    } finally {
      leaveBeside();
    }
  }

  /** The reset cannot follow what the application holds from now on. Under the lock. */
  void handOut(Pin cause) {
    Binding bound = Objects.requireNonNull(binding);
    bound.physical().markHandedOut();
    bound.pin(cause);
  }

  /** Counts a cause once per lease. Under the lock. */
  void pin(Pin cause) {
    Objects.requireNonNull(binding).pin(cause);
  }

  private static @Nullable Object invoke(
      Binding bound, LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    try {
      return call.method().invoke(target.delegate(), args);
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause() == null ? e : e.getCause();
      if (thrown instanceof SQLException exception) {
        bound.physical().observe(exception);
      }
      throw thrown;
    }
  }

  /** Also when it is this very thread, in a callback of the driver. */
  private boolean isSomebodyInside() {
    if (!lock.tryLock()) {
      return true;
    }
    try {
      return lock.getHoldCount() > 1;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.unlock();
    settle();
  }

  /** After a call: ends a lease that is to end as soon as it can. */
  private void settle() {
    if (!isOpen()) {
      endIfFree();
    } else if (portability != null && portability.isResting() && binding != null) {
      restIfFree(false);
    }
  }

  /**
   * The application pool has set it up. With autocommit off that has begun a transaction, of which
   * the pool knows nothing: what it holds is the session's from now on, as it will be on the next
   * physical connection.
   */
  void setUpEnded() {
    Portability portable = Objects.requireNonNull(portability);
    lock.lock();
    try {
      Binding bound = binding;
      if (isOpen() && bound != null) {
        portable.commitSetUp(bound.physical());
      }
      portable.setUpEnded();
    } finally {
      lock.unlock();
    }
    rest();
    portable.awaitLending();
  }

  /** Begins a lease if there is none, on the calling thread. */
  void takeLease() {
    lock.lock();
    try {
      if (isOpen() && binding == null) {
        begin(Objects.requireNonNull(portability).begin());
      }
    } catch (SQLException e) {
      // Whoever uses the connection will be told.
      return;
    } finally {
      leave();
    }
  }

  /**
   * The application pool has it back, or has made it: the lease ends as soon as it can. What holds
   * it back now is counted.
   */
  void rest() {
    if (binding != null) {
      restIfFree(true);
    }
  }

  /**
   * Gives the physical connection back when the session is at rest and nobody is with the driver;
   * who is will come by here when leaving. Looks again as {@link #endIfFree} does.
   */
  private void restIfFree(boolean counted) {
    while (isReadyToRest() && lock.tryLock()) {
      try {
        if (lock.getHoldCount() > 1 || !giveBack(counted)) {
          return;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean isReadyToRest() {
    synchronized (gate) {
      return isOpen()
          && beside == 0
          && binding != null
          && portability != null
          && portability.isResting();
    }
  }

  /** False when something holds the session back, whose end will bring somebody here again. */
  private boolean giveBack(boolean counted) {
    Binding bound = binding;
    if (bound == null || portability == null || !portability.isResting()) {
      return true;
    }
    if (bound.staysAtRest()) {
      return false;
    }
    Pin pin = holdsBack(bound);
    if (pin != null) {
      if (counted) {
        bound.pin(pin);
      }
      return false;
    }
    synchronized (gate) {
      if (beside != 0 || !isOpen()) {
        return true;
      }
      binding = null;
    }
    leaseEnd.holds(null);
    self.bind(null, null);
    bound.open().detach();
    bound.keep();
    bound.end(false);
    return true;
  }

  private @Nullable Pin holdsBack(Binding bound) {
    if (portability != null && !portability.isRepeatable()) {
      return Pin.STATEMENT;
    }
    try {
      return bound.holdsBack();
    } catch (SQLException e) {
      bound.physical().observe(e);
      return Pin.STATEMENT;
    }
  }

  private boolean enterBeside() {
    synchronized (gate) {
      if (!isOpen()) {
        return false;
      }
      beside++;
      return true;
    }
  }

  private void leaveBeside() {
    synchronized (gate) {
      beside--;
    }
    settle();
  }

  /**
   * Ends the lease of a closed connection unless somebody is still with the driver, who will then
   * come by here. Looks again after letting the lock go, for one who left meanwhile and found it
   * taken.
   */
  private void endIfFree() {
    while (isReadyToEnd() && lock.tryLock()) {
      boolean outermost = lock.getHoldCount() == 1;
      boolean ended = false;
      try {
        if (outermost && markLeaseEnded()) {
          ended = true;
          keepIfAtRest();
          leaseEnd.now();
        }
      } finally {
        lock.unlock();
      }
      if (ended && portability != null) {
        portability.closed();
      }
      if (!outermost) {
        return;
      }
    }
  }

  /** An application pool's next checkout may have the session of a connection that was closed. */
  private void keepIfAtRest() {
    Binding bound = binding;
    if (portability != null && bound != null && holdsBack(bound) == null) {
      bound.open().detach();
      bound.keep();
    }
  }

  private boolean isReadyToEnd() {
    synchronized (gate) {
      return state.get() == State.CLOSED && beside == 0;
    }
  }

  private boolean markLeaseEnded() {
    synchronized (gate) {
      return beside == 0 && state.compareAndSet(State.CLOSED, State.LEASE_ENDED);
    }
  }
}
