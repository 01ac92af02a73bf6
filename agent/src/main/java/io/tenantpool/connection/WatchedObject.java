package io.tenantpool.connection;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the application holds instead of a watched connection, or of a statement, result set, array
 * or metadata of one. Those lead back to their connection, so each is the same object however the
 * application comes by it; all else that a driver gives out is given out as it is.
 */
final class WatchedObject implements Wrapper {

  private final WatchedSession session;
  private final @Nullable WatchedObject parent;
  private final Object delegate;
  private final WrapperType type;
  private final Object proxy;
  private volatile boolean batchPending;
  private volatile @Nullable WatchedObject lastChild;
  private volatile @Nullable WatchedObject childBefore;

  /** The connection. */
  WatchedObject(WatchedSession session, Object delegate, WrapperType type) {
    this(session, null, delegate, type);
  }

  private WatchedObject(
      WatchedSession session, @Nullable WatchedObject parent, Object delegate, WrapperType type) {
    this.session = session;
    this.parent = parent;
    this.delegate = delegate;
    this.type = type;
    this.proxy = type.newProxy(this);
  }

  Object proxy() {
    return proxy;
  }

  ObjectKind kind() {
    return type.kind();
  }

  @Override
  public PoolSide poolSide() {
    return parent == null ? session : PoolSide.OF_OTHERS;
  }

  /** Of any watched connection: the driver would have it so. */
  @Override
  public @Nullable Object driverObject(Object asking) {
    return asking instanceof WatchedSession ? delegate : null;
  }

  @Override
  public @Nullable Object invoke(int method, @Nullable Object @Nullable [] args) throws Throwable {
    Call call = type.call(method);
    if (args != null && (call.mayTakeObject() || call.way() == Call.Way.EQUALS)) {
      Wrapper.toDriver(session, args);
    }
    if (!isWork(call)) {
      return toApplication(forward(call, args), call, args);
    }
    session.begins();
    try {
      return toApplication(forward(call, args), call, args);
    } finally {
      session.ended();
    }
  }

  @Override
  public Object enter() {
    return delegate;
  }

  @Override
  public void leave() {}

  @Override
  public void leaveFailed(Throwable thrown) {
    if (thrown instanceof SQLException) {
      session.closedIfClosed();
    }
  }

  private @Nullable Object forward(Call call, @Nullable Object @Nullable [] args) throws Throwable {
    boolean closes = call.way() == Call.Way.CLOSE_CONNECTION || call.way() == Call.Way.ABORT;
    try {
      Object result = call.invoke(delegate, args);
      note(call);
      return result;
    } catch (SQLException e) {
      closes = true;
      throw e;
    } finally {
      if (closes) {
        session.closedIfClosed();
      }
    }
  }

  /** Whether the session is busy with it. */
  private boolean isWork(Call call) {
    if (kind() == ObjectKind.STATEMENT) {
      return call.trace().executes();
    }
    return kind() == ObjectKind.CONNECTION
        && switch (call.method().getName()) {
          case "commit", "rollback", "setAutoCommit", "isValid" -> true;
          default -> false;
        };
  }

  /** What a call that succeeded means for the lease that there would be. */
  private void note(Call call) {
    switch (call.way()) {
      case HAND_OUT -> session.wouldPin(Pin.VENDOR_CALL);
      case CLOSE_OBJECT -> {
        if (kind() == ObjectKind.STATEMENT) {
          session.closed(this);
        }
      }
      default -> {
        switch (call.trace()) {
          case ADD_BATCH -> batchPending = true;
          case CLEAR_BATCH, EXECUTE_BATCH -> batchPending = false;
          default -> {}
        }
      }
    }
  }

  /** Why a statement could not be taken off its session now; null when it could. */
  @Nullable Pin holdsBack() {
    return batchPending
        ? Pin.BATCH
        : isOpenResult(lastChild) || isOpenResult(childBefore) ? Pin.RESULT_SET : null;
  }

  private static boolean isOpenResult(@Nullable WatchedObject child) {
    try {
      return child != null && child.delegate instanceof ResultSet result && !result.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  // ---- the driver's objects and ours

  private @Nullable Object toApplication(
      @Nullable Object result, Call call, @Nullable Object @Nullable [] args) {
    if (result == null || !call.mayReturnObject()) {
      return result;
    }
    WatchedObject wrapper = known(result);
    if (wrapper == null) {
      WrapperType resultType = call.resultType(result, session.types());
      switch (resultType.kind()) {
        case STATEMENT, RESULT_SET, DATABASE_META_DATA, COMPOSITE:
          wrapper = adopt(result, resultType);
          break;
        case LOCATOR:
          session.wouldPin(Pin.LOCATOR);
          return result;
        default:
          return result;
      }
    }
    if (call.canReturn(wrapper.proxy, wrapper.type, args)) {
      return wrapper.proxy;
    }
    session.wouldPin(Pin.UNWRAPPED);
    return result;
  }

  private @Nullable WatchedObject known(Object result) {
    for (WatchedObject each = this; each != null; each = each.parent) {
      if (each.delegate == result) {
        return each;
      }
    }
    WatchedObject last = lastChild;
    if (last != null && last.delegate == result) {
      return last;
    }
    WatchedObject before = childBefore;
    return before != null && before.delegate == result ? before : null;
  }

  private WatchedObject adopt(Object result, WrapperType resultType) {
    WatchedObject made = new WatchedObject(session, this, result, resultType);
    boolean isStatement = resultType.kind() == ObjectKind.STATEMENT;
    if (isStatement) {
      session.opened(made);
    }
    // A connection's statements are new each time, and would push its metadata out.
    if (resultType.kind().isRepeated() && !(isStatement && kind() == ObjectKind.CONNECTION)) {
      childBefore = lastChild;
      lastChild = made;
    }
    return made;
  }
}
