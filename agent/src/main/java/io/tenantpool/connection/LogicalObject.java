package io.tenantpool.connection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the application holds instead of one object of the driver: a connection, a statement, a
 * result set, metadata, a locator. Equal to itself alone.
 *
 * <p>All but the connection have a parent, the object whose call returned them. A driver's object
 * that comes back (the statement of a result set, the same metadata twice) gets the wrapper it had:
 * a parent's, or one of the last two that its parent gave out.
 */
final class LogicalObject implements Wrapper {

  private final LogicalConnection session;
  private final @Nullable LogicalObject parent;
  private final WrapperType type;
  private final Object proxy;

  /** Null while there is no physical connection to have it. */
  private @Nullable Object delegate;

  /** The lease that the delegate belongs to. Written after the delegate, read before it. */
  private volatile @Nullable Binding binding;

  /** How to make a delegate on another physical connection; null when that cannot be. */
  private @Nullable Recipe recipe;

  /** What the SQL that was prepared, or is in the batch, means for sessions; null for most. */
  private @Nullable AdministrativeSql administrative;

  /** Whether the application closed this object itself. */
  private volatile boolean closed;

  private @Nullable LogicalObject lastChild;
  private @Nullable LogicalObject childBefore;

  /** The wrapper of a connection itself. */
  LogicalObject(LogicalConnection session, WrapperType type) {
    this.session = session;
    this.parent = null;
    this.type = type;
    this.proxy = type.newProxy(this);
  }

  private LogicalObject(
      LogicalObject parent,
      @Nullable Object delegate,
      @Nullable Binding binding,
      WrapperType type) {
    this.session = parent.session;
    this.parent = parent;
    this.type = type;
    this.proxy = type.newProxy(this);
    bind(delegate, binding);
  }

  /** A statement of this connection, to be made on a physical one when it is used. */
  LogicalObject withoutSession(
      WrapperType statements, Call factory, @Nullable Object @Nullable [] args) {
    LogicalObject made = new LogicalObject(this, null, null, statements);
    made.recipe = new Recipe(factory, args);
    return made;
  }

  /** Has {@code newDelegate} while {@code lease} lasts. */
  void bind(@Nullable Object newDelegate, @Nullable Binding lease) {
    delegate = newDelegate;
    binding = lease;
  }

  /** Whether the delegate belongs to that lease. */
  boolean isBoundTo(@Nullable Binding lease) {
    return lease != null && binding == lease;
  }

  /** Makes the delegate anew on the physical connection of {@code lease}. */
  void bindTo(Binding lease, Recipe how) throws Throwable {
    lease.speaksOf(how.spoken());
    bind(how.make(lease.physical().driverConnection()), lease);
    lease.open().add(this);
  }

  /** What SQL that this call of it executes means for idle sessions; null for nearly all. */
  @Nullable AdministrativeSql administers(Call call, @Nullable Object @Nullable [] args) {
    if (!call.takesSql() || args == null) {
      return administrative != null && call.executes() ? administrative : null;
    }
    if (parent == null && !call.executes()) {
      // What is prepared here is looked at when it is known to have been prepared.
      return null;
    }
    AdministrativeSql sql = AdministrativeSql.of((String) args[0]);
    if (sql != null && !call.executes()) {
      administrative = sql.and(administrative);
      return null;
    }
    return sql;
  }

  /** How it was made; null when that is not known. */
  @Nullable Recipe recipe() {
    return recipe;
  }

  /** Why it cannot be taken off its physical connection, in that rest; null when it can. */
  @Nullable Pin holdsBack(int rest) throws SQLException {
    if (closed) {
      return null;
    }
    Pin pin = recipe == null ? null : recipe.holdsBack();
    if (pin == null && (isOpenResult(lastChild) || isOpenResult(childBefore))) {
      return Pin.RESULT_SET;
    }
    return pin == null && recipe != null && recipe.isAwaited(delegate, rest) ? Pin.RESULT_SET : pin;
  }

  private static boolean isOpenResult(@Nullable LogicalObject child) throws SQLException {
    return child != null
        && !child.closed
        && child.delegate instanceof ResultSet result
        && !result.isClosed();
  }

  /** Taken off its physical connection, it stays open for the application. */
  void detach() {
    Object last = delegate;
    Binding lease = binding;
    bind(null, null);
    lastChild = null;
    childBefore = null;
    if (last instanceof Statement statement && !closed) {
      try {
        closed = statement.isClosed();
        if (!closed && recipe != null) {
          recipe.leave(statement);
        }
        statement.close();
      } catch (SQLException gone) {
        // Then the physical connection is broken, and will be found to be.
        return;
      } catch (Throwable failed) {
        // As of a driver whose application was stopped: nobody knows what is left. Whatever it is,
        // the lease has to end.
        if (lease != null) {
          lease.physical().markBroken();
        }
      }
    }
  }

  Object proxy() {
    return proxy;
  }

  @Nullable Object delegate() {
    return delegate;
  }

  /** The class of the driver's object behind it. */
  Class<?> driverClass() {
    return type.driverClass();
  }

  WrapperType type() {
    return type;
  }

  ObjectKind kind() {
    return type.kind();
  }

  LogicalConnection session() {
    return session;
  }

  @Override
  public PoolSide poolSide() {
    return parent == null && session instanceof PortableConnection portable
        ? portable
        : PoolSide.OF_OTHERS;
  }

  /**
   * An object of another logical connection stays wrapped, so that what the driver asks it goes
   * through that connection's lease.
   */
  @Override
  public @Nullable Object driverObject(Object asking) {
    return asking == session ? delegate : null;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public @Nullable Object invoke(int method, @Nullable Object @Nullable [] args) throws Throwable {
    Call call = type.call(method);
    return call.way() == Call.Way.FORWARD
        ? session.forward(this, call, args)
        : invokeSpecial(call, args);
  }

  private @Nullable Object invokeSpecial(Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    return switch (call.way()) {
      case FORWARD, HAND_OUT -> session.forward(this, call, args);
      case SQL -> {
        if (session.allowsOneStatement() && args != null && args[0] instanceof String sql) {
          StatementGuard.check(sql);
        }
        yield session.forward(this, call, args);
      }
      case BESIDE -> session.beside(this, call, args);
      case CLOSE_OBJECT -> {
        closed = true;
        yield session.forward(this, call, args);
      }
      case CLOSE_CONNECTION -> {
        session.close();
        yield null;
      }
      case ABORT -> {
        session.abort(args == null ? null : (Executor) args[0]);
        yield null;
      }
      case UNWRAP -> session.unwrap(this, call, args);
      case TO_STRING -> toString();
      case EQUALS -> args != null && args[0] == proxy;
      case HASH_CODE -> System.identityHashCode(proxy);
    };
  }

  @Override
  public @Nullable Object enter() {
    if (session.entrance.tryEnter()) {
      if (session.isOpen() && isBoundTo(session.binding())) {
        return delegate;
      }
      session.leave();
    }
    return null;
  }

  @Override
  public void leave() {
    session.leave();
  }

  @Override
  public void leaveFailed(Throwable thrown) {
    Binding bound = binding;
    if (bound != null) {
      bound.physical().observe(thrown);
    }
    session.leave();
  }

  /** What the driver returned, as the application may have it. In a call. */
  @Nullable Object toApplication(
      @Nullable Object result, Call call, @Nullable Object @Nullable [] args) {
    if (result == null) {
      return null;
    }
    if (!call.mayReturnObject()) {
      return call.returnsLiveMap() ? liveMap(result) : result;
    }
    WrapperType resultType = call.resultType(result, session.types());
    switch (resultType.kind()) {
      case VALUE:
        return result;
      case STREAM:
        return SessionStreams.guard(
            result, new StreamGate(session, Objects.requireNonNull(binding)));
      case CONNECTION:
        // JDBC objects lead to one connection, theirs.
        return call.method().getReturnType().isInstance(session.connection())
            ? session.connection()
            : handedOut(result);
      default:
        LogicalObject wrapper = wrapperOf(result, resultType, call, args);
        if (!call.canReturn(wrapper.proxy, resultType, args)) {
          return handedOut(result);
        }
        if (resultType.kind() == ObjectKind.LOCATOR) {
          session.pin(Pin.LOCATOR);
        } else if (resultType.kind() == ObjectKind.COMPOSITE) {
          OwnData.prepare(result);
        }
        return wrapper.proxy;
    }
  }

  private Object handedOut(Object result) {
    session.handOut(Pin.UNWRAPPED);
    return result;
  }

  private LogicalObject wrapperOf(
      Object result, WrapperType resultType, Call call, @Nullable Object @Nullable [] args) {
    for (LogicalObject each = this; each != null; each = each.parent) {
      if (each.delegate == result) {
        return each;
      }
    }
    LogicalObject last = lastChild;
    if (last != null && last.wraps(result)) {
      return last;
    }
    LogicalObject before = childBefore;
    if (before != null && before.wraps(result)) {
      return before;
    }
    Binding lease = binding;
    LogicalObject made = new LogicalObject(this, result, lease, resultType);
    if (parent == null && call.takesSql() && args != null) {
      made.administrative = AdministrativeSql.of((String) args[0]);
    }
    if (parent == null && session.isPortable() && lease != null) {
      made.recipe = new Recipe(call, args);
    }
    if (session.entrance.isInside()) {
      enterInBooks(made, lease);
    } else {
      session.entrance.notes.add(() -> enterInBooks(made, lease));
    }
    return made;
  }

  /** Reads the lease first: beside another call that is how the delegate gets to be seen. */
  private boolean wraps(Object driverObject) {
    return binding != null && delegate == driverObject;
  }

  private void enterInBooks(LogicalObject made, @Nullable Binding lease) {
    if (made.recipe != null && lease != null) {
      lease.open().add(made);
    }
    if (isRemembered(made.kind())) {
      childBefore = lastChild;
      lastChild = made;
    }
  }

  /** A connection's statements are new each time; remembering them would push its metadata out. */
  private boolean isRemembered(ObjectKind child) {
    return child.isRepeated() && !(parent == null && child == ObjectKind.STATEMENT);
  }

  private Object liveMap(Object ofDriver) {
    return ofDriver instanceof Properties properties
        ? properties.clone()
        : new ParameterStatuses(session, Objects.requireNonNull(binding), (Map<?, ?>) ofDriver);
  }

  /** The driver's own text while it can be asked, what {@link Object#toString} says otherwise. */
  @Override
  public String toString() {
    String text = session.describe(this);
    return text != null
        ? text
        : type.driverClass().getName() + "@" + Integer.toHexString(hashCode());
  }
}
