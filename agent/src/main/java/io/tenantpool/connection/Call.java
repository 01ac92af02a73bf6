package io.tenantpool.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a method of a wrapper needs, found out once per method. */
final class Call {

  /** The ways that a call can take. */
  enum Way {
    /** Under the lock, to the driver. */
    FORWARD,
    /** As {@link #FORWARD}; its first argument is SQL. */
    SQL,
    /** As {@link #FORWARD}; it hands out, or changes, what the agent cannot follow. */
    HAND_OUT,
    /** To the driver beside a call that is under way: cancel, isClosed. */
    BESIDE,
    CLOSE_CONNECTION,
    /** Closes a statement or result set, or frees a locator. */
    CLOSE_OBJECT,
    ABORT,
    UNWRAP,
    TO_STRING,
    EQUALS,
    HASH_CODE
  }

  private static final Map<String, SessionProperty> TOUCHES =
      Map.ofEntries(
          Map.entry("setAutoCommit", SessionProperty.AUTO_COMMIT),
          Map.entry("setReadOnly", SessionProperty.READ_ONLY),
          Map.entry("setTransactionIsolation", SessionProperty.ISOLATION),
          Map.entry("setHoldability", SessionProperty.HOLDABILITY),
          Map.entry("setSchema", SessionProperty.SCHEMA),
          Map.entry("setNetworkTimeout", SessionProperty.NETWORK_TIMEOUT),
          Map.entry("setClientInfo", SessionProperty.CLIENT_INFO),
          Map.entry("setTypeMap", SessionProperty.TYPE_MAP),
          // The driver's own map, which the application may change.
          Map.entry("getTypeMap", SessionProperty.TYPE_MAP));

  /** The methods whose first argument is SQL. */
  private static final Set<String> SQL =
      Set.of(
          "prepareStatement",
          "prepareCall",
          "execute",
          "executeQuery",
          "executeUpdate",
          "executeLargeUpdate",
          "execSQLQuery",
          "execSQLUpdate",
          "addBatch");

  private final Method method;
  private final int number;

  /** Makes the call; null when no code but the driver's can. */
  private final @Nullable JdbcProxy caller;

  /** Whether reflection can, where the proxy cannot. */
  private final boolean byReflection;

  private final Way way;
  private final boolean isExclusive;
  private final @Nullable SessionProperty touches;
  private final boolean mayReturnObject;
  private final boolean mayTakeObject;

  /** Whether a parameter says of which class the result is to be. */
  private final boolean namesItsResultType;

  private final boolean returnsLiveMap;
  private final boolean takesSql;
  private final boolean changesDriver;
  private final boolean executes;
  private final boolean needsNoSession;
  private final boolean isNothingAtRest;
  private final Trace trace;

  /**
   * Of the last proxy that was returned for it, and fitted; threads may overwrite one another's.
   */
  private @Nullable WrapperType lastResult;

  /**
   * What has to be known of one method of an object of that kind.
   *
   * @param number which of the methods of its proxies it is
   * @param proxy any of its proxies
   */
  Call(ObjectKind kind, ProxyMethod proxied, int number, JdbcProxy proxy) {
    this.method = proxied.method();
    this.number = number;
    caller = proxied.isNameable() ? proxy : null;
    byReflection = caller != null || proxied.isPublic() || method.trySetAccessible();
    takesSql =
        method.getParameterCount() > 0
            && method.getParameterTypes()[0] == String.class
            && SQL.contains(method.getName());
    boolean ofConnection = kind == ObjectKind.CONNECTION;
    Way usual;
    if (ofConnection && !isStandard(method)) {
      VendorCall vendor = VendorCall.of(method);
      usual = wayOf(vendor.effect());
      touches = vendor.touches();
      changesDriver = vendor.effect() == VendorCall.Effect.CHANGES;
    } else {
      usual = ofConnection ? ofConnection(method) : ofOther(method);
      touches = ofConnection ? TOUCHES.get(method.getName()) : ofStatement(kind, method);
      changesDriver = false;
    }
    way = takesSql && usual == Way.FORWARD ? Way.SQL : usual;
    isExclusive = Exclusion.holdsFor(kind, method, way);
    mayReturnObject = mayBeObject(method.getReturnType());
    boolean takes = false;
    boolean names = false;
    for (Class<?> type : method.getParameterTypes()) {
      takes |= type.isArray() ? mayBeObject(type.getComponentType()) : mayBeObject(type);
      names |= type == Class.class;
    }
    returnsLiveMap =
        method.getReturnType() == Properties.class
            || method.getName().equals("getParameterStatuses");
    mayTakeObject = takes;
    executes = method.getName().startsWith("exec");
    needsNoSession = StatementAtRest.knows(kind, method);
    isNothingAtRest = AtRest.isNothing(kind, method);
    namesItsResultType = names;
    trace = Trace.of(method);
  }

  private static @Nullable SessionProperty ofStatement(ObjectKind kind, Method method) {
    return kind == ObjectKind.STATEMENT && method.getName().equals("setQueryTimeout")
        ? SessionProperty.QUERY_TIMER
        : null;
  }

  /** What a method of the connection of that name sets; null for any other. */
  static @Nullable SessionProperty touchedBy(String name) {
    return name.startsWith("set") ? TOUCHES.get(name) : null;
  }

  private static Way wayOf(VendorCall.Effect effect) {
    return switch (effect) {
      case CHANGES, HANDS_OUT -> Way.HAND_OUT;
      case BESIDE -> Way.BESIDE;
      case NONE, TOUCHES -> Way.FORWARD;
    };
  }

  private static Way ofConnection(Method method) {
    return switch (method.getName()) {
      case "close" -> Way.CLOSE_CONNECTION;
      case "abort" -> Way.ABORT;
      case "isClosed" -> Way.BESIDE;
      default -> ofAnyObject(method);
    };
  }

  /** The way of a method of anything but a connection. */
  static Way ofOther(Method method) {
    return switch (method.getName()) {
      case "close", "free" -> noArgs(method) ? Way.CLOSE_OBJECT : Way.FORWARD;
      case "cancel", "isClosed" -> noArgs(method) ? Way.BESIDE : Way.FORWARD;
      default -> ofAnyObject(method);
    };
  }

  private static Way ofAnyObject(Method method) {
    return switch (method.getName()) {
      case "unwrap" -> Way.UNWRAP;
      case "toString" -> noArgs(method) ? Way.TO_STRING : Way.FORWARD;
      case "hashCode" -> noArgs(method) ? Way.HASH_CODE : Way.FORWARD;
      case "equals" -> method.getDeclaringClass() == Object.class ? Way.EQUALS : Way.FORWARD;
      default -> Way.FORWARD;
    };
  }

  /** Whether the method is one of JDBC's, even where a vendor interface repeats it. */
  private static boolean isStandard(Method method) {
    Class<?> declaring = method.getDeclaringClass();
    if (declaring.isAssignableFrom(Connection.class)) {
      return true;
    }
    try {
      Connection.class.getMethod(method.getName(), method.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static boolean noArgs(Method method) {
    return method.getParameterCount() == 0;
  }

  /** Whether a value of the declared type can be, or hold, something that is wrapped. */
  private static boolean mayBeObject(Class<?> type) {
    return type.isInterface() && !type.getName().startsWith("java.util.")
        || type == Object.class
        || ObjectKind.of(type) != ObjectKind.VALUE;
  }

  Method method() {
    return method;
  }

  /**
   * Makes the call of the driver's object.
   *
   * @throws Throwable what the driver throws
   */
  @Nullable Object invoke(Object driverObject, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (caller != null) {
      return caller.tenantPoolCall(number, driverObject, args);
    }
    if (!byReflection) {
      throw new IllegalStateException(method + " is for the driver alone");
    }
    try {
      return method.invoke(driverObject, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  Way way() {
    return way;
  }

  /** Whether it waits for a call that another thread has under way. */
  boolean isExclusive() {
    return isExclusive;
  }

  @Nullable SessionProperty touches() {
    return touches;
  }

  /** How to wrap what this call returned: mostly like what it returned before. */
  WrapperType resultType(Object result, DriverTypes types) {
    WrapperType last = lastResult;
    return last != null && last.driverClass() == result.getClass() ? last : types.of(result);
  }

  /** Whether what it returns can lead to the session. */
  boolean mayReturnObject() {
    return mayReturnObject;
  }

  boolean mayTakeObject() {
    return mayTakeObject;
  }

  /** What it means for a statement that is made anew. */
  Trace trace() {
    return trace;
  }

  /** Whether it changes the driver's object for good, and hands nothing out. */
  boolean changesDriver() {
    return changesDriver;
  }

  /** Whether a connection without a session has nothing to do for it. */
  boolean isNothingAtRest() {
    return isNothingAtRest;
  }

  /** Whether {@link StatementAtRest} may have an answer. */
  boolean needsNoSession() {
    return needsNoSession;
  }

  /** Whether the first argument is SQL. */
  boolean takesSql() {
    return takesSql;
  }

  /** Whether it executes SQL: what it is given, was prepared, or is in the batch. */
  boolean executes() {
    return executes;
  }

  /** Whether the driver answers with a map of its own, which goes on changing. */
  boolean returnsLiveMap() {
    return returnsLiveMap;
  }

  /**
   * Whether the proxy {@code result}, of that type, fits where the caller expects what the driver
   * returns.
   */
  boolean canReturn(Object result, WrapperType type, @Nullable Object @Nullable [] args) {
    if (type != lastResult) {
      if (!method.getReturnType().isInstance(result)) {
        return false;
      }
      if (type.endsWithDriver()) {
        lastResult = type;
      }
    }
    if (namesItsResultType && args != null) {
      for (Object arg : args) {
        if (arg instanceof Class<?> wanted && !wanted.isInstance(result)) {
          return false;
        }
      }
    }
    return true;
  }
}
