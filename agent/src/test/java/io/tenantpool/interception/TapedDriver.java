package io.tenantpool.interception;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A driver whose connections write on a tape what a server would notice, and otherwise remember
 * what they were told. SQL that begins with {@code fail} fails, and so does every call named by
 * {@link #failAt}.
 */
public final class TapedDriver extends StubDriver {

  private static final Set<String> NOTICED =
      Set.of("commit", "rollback", "isValid", "close", "setAutoCommit");

  private final Tape tape;
  private volatile String failAt = "";
  private int connections;

  TapedDriver(Tape tape) {
    this.tape = tape;
  }

  /** From now on this method of a connection fails; {@code connect} is one as well. */
  void failAt(String method) {
    failAt = method;
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    tape.add("connect");
    if (failAt.equals("connect")) {
      throw new SQLException("refused", "08001");
    }
    return proxy(Connection.class, new Taped("c" + ++connections));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private final class Taped implements InvocationHandler {

    private final String name;
    private final Map<String, Object> told = new HashMap<>();

    Taped(String name) {
      this.name = name;
      told.put("AutoCommit", true);
      told.put("TransactionIsolation", Connection.TRANSACTION_READ_COMMITTED);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      String called = method.getName();
      Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
      if (called.equals(failAt)) {
        throw new SQLException("told to fail", "XX000");
      }
      if (called.startsWith("execute")) {
        tape.add(name + " " + first);
        if (String.valueOf(first).startsWith("fail")) {
          throw new SQLException("told to fail", "XX000");
        }
      } else if (NOTICED.contains(called) && proxy instanceof Connection) {
        tape.add(name + " " + called);
      }
      if (called.startsWith("set") && first != null) {
        told.put(called.substring(3), first);
      } else if (called.equals("close")) {
        told.put("Closed", true);
      }
      return answer(proxy, method, first);
    }

    private @Nullable Object answer(Object proxy, Method method, @Nullable Object first) {
      String called = method.getName();
      Class<?> type = method.getReturnType();
      if (called.equals("toString")) {
        return name;
      } else if (called.equals("hashCode")) {
        return System.identityHashCode(proxy);
      } else if (called.equals("equals")) {
        return proxy == first;
      } else if (called.equals("isValid")
          || called.startsWith("execute") && type == boolean.class) {
        return true;
      } else if (type == DatabaseMetaData.class || Statement.class.isAssignableFrom(type)) {
        return proxy(type, new Taped(name));
      } else if (type == ResultSet.class || type == Connection.class) {
        return null;
      } else if (told.containsKey(called.substring(Math.min(called.length(), prefix(called))))) {
        return told.get(called.substring(prefix(called)));
      }
      return type == boolean.class ? (Object) false : type == int.class ? (Object) 0 : null;
    }

    private static int prefix(String called) {
      return called.startsWith("is") ? 2 : 3;
    }
  }
}
