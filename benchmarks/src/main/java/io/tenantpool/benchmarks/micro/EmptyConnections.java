package io.tenantpool.benchmarks.micro;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** Connections that are not there. */
final class EmptyConnections {

  private EmptyConnections() {}

  static DataSource source() {
    return answering(
        DataSource.class,
        (proxy, method, args) ->
            switch (method.getName()) {
              case "getConnection" -> connection();
              case "getLoginTimeout" -> 0;
              default -> null;
            });
  }

  private static Connection connection() {
    return answering(
        Connection.class,
        (proxy, method, args) ->
            switch (method.getName()) {
              case "isValid", "getAutoCommit" -> true;
              case "isClosed", "isReadOnly" -> false;
              case "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED;
              case "getNetworkTimeout", "getHoldability" -> 0;
              case "hashCode" -> System.identityHashCode(proxy);
              case "equals" -> proxy == args[0];
              case "toString" -> "connection";
              default -> null;
            });
  }

  private static <T> T answering(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            EmptyConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
