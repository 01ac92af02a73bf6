package io.tenantpool.interception;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.util.Properties;
import java.util.logging.Logger;

/** What a driver has besides {@code connect}; it takes {@code jdbc:postgresql:} URLs. */
public abstract class StubDriver implements Driver {

  /** A connection that answers nothing but its identity. */
  public static Connection connection() {
    return connection(Connection.class);
  }

  public static <T> T connection(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "toString" -> "stub";
                  case "isClosed" -> false;
                  default ->
                      method.getReturnType() == void.class ? null : unsupported(method.getName());
                }));
  }

  private static Object unsupported(String method) {
    throw new UnsupportedOperationException(method);
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("stub");
  }
}
