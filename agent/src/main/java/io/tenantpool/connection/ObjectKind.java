package io.tenantpool.connection;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;

/**
 * What a driver's object is to the agent. Everything but {@link #VALUE} can lead to the session and
 * is never given to the application itself.
 */
enum ObjectKind {
  CONNECTION,
  STATEMENT,
  RESULT_SET,
  DATABASE_META_DATA,
  OTHER_META_DATA,
  /** Array, struct, XML: they hold their data, and ask the session what its type means. */
  COMPOSITE,
  /** Large objects: they read from the session. */
  LOCATOR,
  STREAM,
  VALUE;

  static ObjectKind of(Class<?> type) {
    if (isA(type, Connection.class)) {
      return CONNECTION;
    }
    if (isA(type, Statement.class)) {
      return STATEMENT;
    }
    if (isA(type, ResultSet.class)) {
      return RESULT_SET;
    }
    if (isA(type, DatabaseMetaData.class)) {
      return DATABASE_META_DATA;
    }
    if (isA(type, ResultSetMetaData.class) || isA(type, ParameterMetaData.class)) {
      return OTHER_META_DATA;
    }
    if (isA(type, Array.class) || isA(type, Struct.class) || isA(type, SQLXML.class)) {
      return COMPOSITE;
    }
    if (isA(type, Blob.class) || isA(type, Clob.class) || isA(type, Ref.class)) {
      return LOCATOR;
    }
    return isStream(type) ? STREAM : VALUE;
  }

  private static boolean isStream(Class<?> type) {
    return isA(type, InputStream.class)
        || isA(type, OutputStream.class)
        || isA(type, Reader.class)
        || isA(type, Writer.class);
  }

  private static boolean isA(Class<?> type, Class<?> what) {
    return what.isAssignableFrom(type);
  }

  /** Whether the driver may give out the same object for a second call, and so must we. */
  boolean isRepeated() {
    return this == STATEMENT
        || this == RESULT_SET
        || this == DATABASE_META_DATA
        || this == OTHER_META_DATA;
  }
}
