package io.tenantpool.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The parts of pgjdbc that a reset needs beyond {@code java.sql}, found by name because the agent
 * meets whatever version the application brings, in whatever class loader. All of them answer from
 * memory.
 */
final class PostgresDriver {

  /** A driver setting that has a getter, a setter, and no trace on the server. */
  record Setting(SessionProperty property, Method getter, Method setter) {}

  /** The flag of that name in {@code org.postgresql.core.QueryExecutor}. */
  private static final int QUERY_ONESHOT = 1;

  private static final ClassValue<Optional<PostgresDriver>> DRIVERS =
      new ClassValue<>() {
        @Override
        protected Optional<PostgresDriver> computeValue(Class<?> connectionClass) {
          return find(connectionClass);
        }
      };

  private static final ClassValue<Optional<Method>> EXECUTE_WITH_FLAGS =
      new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> statementClass) {
          return executeWithFlags(statementClass);
        }
      };

  private final Method transactionState;
  private final Method queryExecutor;
  private final Method notifications;
  private final Method parameterStatus;
  private final Method standardConformingStrings;
  private final Method preferQueryMode;
  private final @Nullable Method backendProcess;
  private final List<Setting> settings;

  private PostgresDriver(Class<?> connection, Class<?> executor) throws NoSuchMethodException {
    transactionState = connection.getMethod("getTransactionState");
    queryExecutor = connection.getMethod("getQueryExecutor");
    notifications = executor.getMethod("getNotifications");
    parameterStatus = connection.getMethod("getParameterStatus", String.class);
    standardConformingStrings = connection.getMethod("getStandardConformingStrings");
    preferQueryMode = connection.getMethod("getPreferQueryMode");
    backendProcess = backendProcess(connection);
    settings = settings(connection);
  }

  private static @Nullable Method backendProcess(Class<?> connection) {
    try {
      return connection.getMethod("getBackendPID");
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /**
   * The driver that {@code connectionClass} belongs to; null when it is not pgjdbc, or a version
   * that lacks what is needed here.
   */
  static @Nullable PostgresDriver of(Class<?> connectionClass) {
    return DRIVERS.get(connectionClass).orElse(null);
  }

  private static Optional<PostgresDriver> find(Class<?> connectionClass) {
    for (Class<?> type : WrapperType.interfacesOf(connectionClass)) {
      if (Pgjdbc.isConnection(type)) {
        try {
          Class<?> executor = type.getMethod("getQueryExecutor").getReturnType();
          return Optional.of(new PostgresDriver(type, executor));
        } catch (NoSuchMethodException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static List<Setting> settings(Class<?> connection) {
    List<Setting> found = new ArrayList<>();
    addSetting(found, connection, SessionProperty.PREPARE_THRESHOLD, "PrepareThreshold");
    addSetting(found, connection, SessionProperty.DEFAULT_FETCH_SIZE, "DefaultFetchSize");
    addSetting(found, connection, SessionProperty.QUERY_TIMEOUT, "QueryTimeout");
    addSetting(found, connection, SessionProperty.AUTOSAVE, "Autosave");
    addSetting(found, connection, SessionProperty.ADAPTIVE_FETCH, "AdaptiveFetch");
    return List.copyOf(found);
  }

  private static void addSetting(
      List<Setting> found, Class<?> connection, SessionProperty property, String name) {
    try {
      Method getter = connection.getMethod("get" + name);
      Method setter = connection.getMethod("set" + name, getter.getReturnType());
      found.add(new Setting(property, getter, setter));
    } catch (NoSuchMethodException e) {
      // A version of the driver without this setting: nobody can have touched it.
      return;
    }
  }

  List<Setting> settings() {
    return settings;
  }

  boolean inTransaction(Connection connection) throws SQLException {
    return !"IDLE".equals(String.valueOf(call(transactionState, connection)));
  }

  /** Whether a transaction is open of which nothing but a roll-back can come. */
  boolean hasFailedTransaction(Connection connection) throws SQLException {
    return "FAILED".equals(String.valueOf(call(transactionState, connection)));
  }

  /** Throws away the notifications that the driver has received and nobody has asked for. */
  void dropNotifications(Connection connection) throws SQLException {
    Object executor = call(queryExecutor, connection);
    if (executor != null) {
      call(notifications, executor);
    }
  }

  /** The value that the server last reported; null when it does not report this parameter. */
  @Nullable String parameterStatus(Connection connection, String name) throws SQLException {
    return (String) call(parameterStatus, connection, name);
  }

  boolean standardConformingStrings(Connection connection) throws SQLException {
    return Boolean.TRUE.equals(call(standardConformingStrings, connection));
  }

  /** The number of the server's process, as it was told at the login; empty without such a one. */
  OptionalInt backendProcess(Connection connection) throws SQLException {
    return backendProcess != null && call(backendProcess, connection) instanceof Integer number
        ? OptionalInt.of(number)
        : OptionalInt.empty();
  }

  /** Whether several commands can travel in one message, each a transaction of its own. */
  boolean canPipeline(Connection connection) throws SQLException {
    String mode = String.valueOf(call(preferQueryMode, connection));
    return mode.equals("EXTENDED") || mode.equals("EXTENDED_CACHE_EVERYTHING");
  }

  /**
   * Executes a command as one that will not come again, whatever the URL says of that: the server
   * gets no name for it. {@code DISCARD ALL} would drop a statement by whose name the driver is
   * about to execute it, and one that is named after it would be there for the next lease.
   */
  static void executeOnce(Statement statement, String command) throws SQLException {
    Method method = EXECUTE_WITH_FLAGS.get(statement.getClass()).orElse(null);
    if (method == null) {
      statement.execute(command);
    } else {
      call(method, statement, command, QUERY_ONESHOT);
    }
  }

  /** The same for a question. */
  static ResultSet queryOnce(Statement statement, String question) throws SQLException {
    executeOnce(statement, question);
    ResultSet result = statement.getResultSet();
    if (result == null) {
      throw new SQLException("no result of: " + question);
    }
    return result;
  }

  private static Optional<Method> executeWithFlags(Class<?> statementClass) {
    for (Class<?> type : WrapperType.interfacesOf(statementClass)) {
      if (Pgjdbc.isStatement(type)) {
        try {
          return Optional.of(type.getMethod("executeWithFlags", String.class, int.class));
        } catch (NoSuchMethodException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  static @Nullable Object call(Method method, Object target, @Nullable Object... args)
      throws SQLException {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      throw new UndeclaredException(
          method + " failed", Objects.requireNonNullElse(e.getCause(), e));
    } catch (IllegalAccessException e) {
      throw new SQLException(method + " is not accessible", e);
    }
  }
}
