package io.tenantpool.connection;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Stands where a driver's connection was that the pool holds no more, so that the garbage collector
 * may find it: the application has lost its own connection, and nobody knows whether it still uses
 * something of the driver's that it was handed out before. Without the agent that something alone
 * would keep the driver's connection, and with its end the socket would be closed.
 */
final class LetGo {

  static final Connection CONNECTION =
      (Connection)
          Proxy.newProxyInstance(
              LetGo.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) ->
                  switch (method.getName()) {
                    case "isClosed" -> true;
                    case "close", "abort" -> null;
                    case "toString" -> "a connection that was lost";
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> args != null && args[0] == proxy;
                    default -> throw new SQLException("the connection was lost", "08003");
                  });

  private LetGo() {}
}
