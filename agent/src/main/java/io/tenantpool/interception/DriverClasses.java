package io.tenantpool.interception;

import io.tenantpool.connection.ExtensibleClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of drivers that applications cast connections, statements, result sets and the like
 * to. Each is made one that a wrapper {@linkplain ExtensibleClass can extend} while it is loaded;
 * one that was loaded before the agent stays as it is, and its wrappers have its interfaces alone.
 */
final class DriverClasses {

  /**
   * The ends of their internal names, so that a copy in another package is found; each with those
   * that it inherits from. Not MariaDB's large objects, whose fields it reads on any that it is
   * given.
   */
  static final List<String> TYPES =
      List.of(
          "jdbc/PgConnection",
          "jdbc/PgStatement",
          "jdbc/PgResultSet",
          "jdbc/PgResultSetMetaData",
          "jdbc/PgParameterMetaData",
          "jdbc/PgDatabaseMetaData",
          "jdbc/PgArray",
          "jdbc/PgSQLXML",
          "jdbc/AbstractBlobClob",
          "jdbc/PgBlob",
          "jdbc/PgClob",
          "mariadb/jdbc/Connection",
          "mariadb/jdbc/Statement",
          "mariadb/jdbc/BasePreparedStatement",
          "mariadb/jdbc/ClientPreparedStatement",
          "mariadb/jdbc/ServerPreparedStatement",
          "mariadb/jdbc/BaseCallableStatement",
          "mariadb/jdbc/FunctionStatement",
          "mariadb/jdbc/ProcedureStatement",
          "mariadb/jdbc/DatabaseMetaData",
          "mariadb/jdbc/client/result/Result",
          "mariadb/jdbc/client/result/CompleteResult",
          "mariadb/jdbc/client/result/StreamingResult",
          "mariadb/jdbc/client/result/UpdatableResult",
          "mariadb/jdbc/client/result/ResultSetMetaData");

  private final PoolClassNames names = new PoolClassNames(TYPES);

  /** Whether the class of this internal name is one of them. */
  boolean accepts(String className) {
    if (names.accepts(className)) {
      for (String type : TYPES) {
        if (PoolClassNames.endsWith(className, type)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The class file as it is to be; null when it stays as it is.
   *
   * @param loaded the class, when it is loaded already: the JVM lets nobody change its methods, so
   *     it must become again what it was
   */
  static byte @Nullable [] rewrite(byte[] classFile, @Nullable Class<?> loaded) {
    return loaded == null || ExtensibleClass.is(loaded) ? ExtensibleClass.of(classFile) : null;
  }
}
