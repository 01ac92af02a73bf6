package io.tenantpool.faults;

import io.tenantpool.interception.StubDriver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** The real driver, each call of which and of its connections and statements meets a fuse. */
final class FusedDriver extends StubDriver {

  private static final Set<String> OF_OBJECTS = Set.of("equals", "hashCode", "toString");

  private final org.postgresql.Driver real = new org.postgresql.Driver();
  private final Fuse fuse;

  FusedDriver(Fuse fuse) {
    this.fuse = fuse;
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    try {
      Fuse.Fault met = fuse.meets("connect");
      if (met == Fuse.Fault.OTHER_TYPE) {
        return connection();
      }
      Connection opened = met == null ? real.connect(url, info) : null;
      return opened == null ? null : (Connection) wrap(opened, BaseConnection.class);
    } catch (Throwable e) {
      throw FusedDriver.<RuntimeException>anyway(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T anyway(Throwable e) throws T {
    throw (T) e;
  }

  private Object wrap(Object target, Class<?> type) {
    return Proxy.newProxyInstance(
        FusedDriver.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, args) -> call(proxy, target, method, args));
  }

  private @Nullable Object call(
      Object proxy, Object target, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (OF_OBJECTS.contains(method.getName())) {
      return method.getName().equals("equals") && args != null
          ? proxy == args[0]
          : method.invoke(target, args);
    }
    Fuse.Fault met =
        fuse.meets(method.getDeclaringClass().getSimpleName() + "." + method.getName());
    if (met != null && !method.getReturnType().isPrimitive()) {
      return null;
    }
    try {
      Object result = method.invoke(target, args);
      if (result instanceof CallableStatement) {
        return wrap(result, CallableStatement.class);
      }
      if (result instanceof PreparedStatement) {
        return wrap(result, PreparedStatement.class);
      }
      return result instanceof Statement ? wrap(result, Statement.class) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
