package io.tenantpool.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
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

  private final Lease lease;
  private final DriverConnection physical;
  private final DriverTypes types;
  private final LogicalObject self;
  private final LeaseEnd leaseEnd;

  /** The causes already counted for this lease; under the lock. */
  private final Set<Pin> pins = EnumSet.noneOf(Pin.class);

  LogicalConnection(Lease lease) {
    this.lease = lease;
    // Every opener of the product makes these: what a lease does to the session must be noted where
    // the reset finds it.
    physical = (DriverConnection) lease.physical();
    Connection raw = physical.driverConnection();
    types = DriverTypes.of(raw.getClass());
    self = new LogicalObject(this, null, raw, types.of(raw));
    leaseEnd = LeaseEnd.of(this, lease, physical);
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

  /** Calls the driver under the lock; answers itself once this is closed. */
  @Nullable Object forward(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    lock.lock();
    try {
      if (!isOpen()) {
        return AfterClose.answer(target, call, args);
      }
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
      if (args != null && call.mayTakeObject()) {
        LogicalObject.toDriver(this, args);
      }
      return target.toApplication(invoke(target, call, args), call, args);
    } finally {
      leave();
    }
  }

  /** Calls the driver beside a call that may be under way. */
  @Nullable Object beside(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (!enterBeside()) {
      return AfterClose.answer(target, call, args);
    }
    try {
      return invoke(target, call, args);
    } finally {
      leaveBeside();
    }
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
      physical.markTouched();
      Object unwrapped = invoke(target, call, args);
      handOut(Pin.UNWRAPPED);
      return unwrapped;
    } finally {
      leave();
    }
  }

  /** A call of a stream that reads or writes through the session. */
  <T> T stream(StreamCall<T> call) throws IOException {
    lock.lock();
    try {
      if (!isOpen()) {
        throw new IOException(AfterClose.CONNECTION_CLOSED);
      }
      return call.run();
    } catch (IOException e) {
      if (e.getCause() instanceof SQLException cause) {
        physical.observe(cause);
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
      return isOpen() ? target.delegate().toString() : null;
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
        physical.close();
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
      physical.markBroken();
      physical.driverConnection().abort(executor);
      state.compareAndSet(State.OPEN, State.CLOSED);
    } finally {
      leaveBeside();
    }
  }

  /** The reset cannot follow what the application holds from now on. Under the lock. */
  void handOut(Pin cause) {
    physical.markHandedOut();
    pin(cause);
  }

  /** Counts a cause once per lease. Under the lock. */
  void pin(Pin cause) {
    if (pins.add(cause)) {
      lease.pinned(cause, CallSite.here());
    }
  }

  private @Nullable Object invoke(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    try {
      return call.method().invoke(target.delegate(), args);
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause() == null ? e : e.getCause();
      if (thrown instanceof SQLException exception) {
        physical.observe(exception);
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
    if (!isOpen()) {
      endIfFree();
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
    endIfFree();
  }

  /**
   * Ends the lease of a closed connection unless somebody is still with the driver, who will then
   * come by here. Looks again after letting the lock go, for one who left meanwhile and found it
   * taken.
   */
  private void endIfFree() {
    while (isReadyToEnd() && lock.tryLock()) {
      boolean outermost = lock.getHoldCount() == 1;
      try {
        if (outermost && markLeaseEnded()) {
          leaseEnd.now();
        }
      } finally {
        lock.unlock();
      }
      if (!outermost) {
        return;
      }
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
