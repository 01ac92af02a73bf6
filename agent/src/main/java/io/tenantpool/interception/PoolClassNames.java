package io.tenantpool.interception;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells class names that may concern a pool library from the thousands that do not, at the price of
 * a walk over the simple name: no object is made.
 */
final class PoolClassNames {

  /**
   * The simple names of the classes that {@link PoolLibrary#ALL} instruments. Written down once
   * more, so that a program that has no pool loads none of all that at its start.
   */
  static final List<String> OF_LIBRARIES =
      List.of(
          "PoolBase",
          "PoolEntry",
          "ProxyConnection",
          "PoolableConnectionFactory",
          "DelegatingConnection",
          "PoolingDataSource$PoolGuardConnectionWrapper",
          "ConnectionPool",
          "C3P0PooledConnectionPool",
          "C3P0PooledConnectionPool$1PooledConnectionResourcePoolManager",
          "NewPooledConnection",
          "DruidAbstractDataSource",
          "DruidConnectionHolder",
          "DruidDataSource",
          "DruidStatementConnection",
          "DruidPooledConnection",
          "PoolableWrapper",
          "ConnectionFactory",
          "ConnectionHandler",
          "InterceptorHelper",
          "ConnHolder",
          "AbstractInvocationHandler",
          "BaseWrapperManagedConnection",
          "JBossWrapper",
          "WrappedConnection",
          "LocalManagedConnectionFactory",
          "ManagedConnectionImpl",
          "DSManagedConnectionFactory",
          "DMManagedConnectionFactory",
          "WSManagedConnectionFactoryImpl",
          "WSRdbManagedConnectionImpl",
          "PGConnectionPoolDataSource",
          "PGPooledConnection",
          "PGXADataSource",
          "PooledDataSource",
          "PooledConnection",
          "BasicConnectionCreator",
          "PooledConnections",
          "DriverManagerConnectionProviderImpl$PooledConnections");

  private static final int BITS = 1 << 10;

  /** Set where a simple name with this hash is wanted. */
  private final boolean[] wanted = new boolean[BITS];

  private final Set<String> simpleNames = new HashSet<>();

  /** Looks for the libraries, and for further classes by their names in Java programs. */
  static PoolClassNames ofLibrariesAnd(List<String> classNames) {
    List<String> types = new ArrayList<>(OF_LIBRARIES);
    for (String className : classNames) {
      types.add(className.replace('.', '/'));
    }
    return new PoolClassNames(types);
  }

  /** Looks for the simple names of {@code types}, which are ends of internal names. */
  PoolClassNames(Collection<String> types) {
    for (String type : types) {
      simpleNames.add(type.substring(type.lastIndexOf('/') + 1));
      wanted[hash(type)] = true;
    }
  }

  /** Whether one of the types has the simple name of this class. */
  boolean accepts(String className) {
    return wanted[hash(className)]
        && simpleNames.contains(className.substring(className.lastIndexOf('/') + 1));
  }

  private static int hash(String className) {
    int hash = 0;
    for (int i = className.length() - 1; i >= 0; i--) {
      char c = className.charAt(i);
      if (c == '/') {
        break;
      }
      hash = 31 * hash + c;
    }
    return (hash ^ hash >>> 10 ^ hash >>> 20) & BITS - 1;
  }

  /** Whether {@code end} is the end of {@code className}, in whole parts of the name. */
  static boolean endsWith(String className, String end) {
    int rest = className.length() - end.length();
    return rest == 0
        ? className.equals(end)
        : rest > 0 && className.charAt(rest - 1) == '/' && className.endsWith(end);
  }
}
