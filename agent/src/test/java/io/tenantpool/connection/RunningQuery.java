package io.tenantpool.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/** A connection on which one thread runs a query for a minute, and all that others can ask it. */
final class RunningQuery implements AutoCloseable {

  /** A call that may fail. */
  interface Action {
    void run() throws Exception;
  }

  /** They end the query, or the connection, or ask the server unless they are called wrongly. */
  private static final Set<String> NOT_ASKED =
      Set.of(
          "close",
          "abort",
          "cancel",
          "cancelQuery",
          "commit",
          "rollback",
          "setSavepoint",
          "releaseSavepoint",
          "alterUserPassword");

  private static final String IS_IT = "state = 'active' AND query LIKE 'SELECT pg_sleep(60)%'";

  private final Connection connection;
  private final Statement running;
  private final PreparedStatement prepared;
  private final ResultSet rows;
  private final Map<String, CompletableFuture<Void>> calls = new LinkedHashMap<>();
  private final Map<String, Action> questions = new LinkedHashMap<>();
  private final CompletableFuture<Void> run;

  RunningQuery(Connection connection) throws Exception {
    this.connection = connection;
    Statement other = connection.createStatement();
    rows = other.executeQuery("SELECT 42, 'text'");
    rows.next();
    prepared = connection.prepareStatement("SELECT ?::text");
    CallableStatement callable = connection.prepareCall("{? = call abs(?)}");
    callable.registerOutParameter(1, Types.INTEGER);
    running = connection.createStatement();
    DatabaseMetaData metaData = connection.getMetaData();
    ResultSetMetaData columns = rows.getMetaData();
    add("", Connection.class, connection);
    add("", PGConnection.class, connection.unwrap(PGConnection.class));
    add("running ", Statement.class, running);
    add("", Statement.class, other);
    add("", PGStatement.class, other.unwrap(PGStatement.class));
    add("", PreparedStatement.class, prepared);
    add("", CallableStatement.class, callable);
    add("", DatabaseMetaData.class, metaData);
    add("", ResultSetMetaData.class, columns);
    add("", ResultSet.class, rows);
    run = inBackground(() -> running.execute("SELECT pg_sleep(60)"));
    awaitRunning();
  }

  private static void awaitRunning() throws SQLException {
    try (Connection monitor = Postgres.connect();
        Statement statement = monitor.createStatement()) {
      boolean seen = false;
      while (!seen) {
        try (ResultSet result =
            statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE " + IS_IT)) {
          result.next();
          seen = result.getInt(1) > 0;
        }
      }
    }
  }

  Statement statement() {
    return running;
  }

  PreparedStatement prepared() {
    return prepared;
  }

  CompletableFuture<Void> run() {
    return run;
  }

  void closeRows() throws SQLException {
    rows.close();
  }

  private void add(String prefix, Class<?> type, Object target) {
    for (Method method : type.getMethods()) {
      if (!NOT_ASKED.contains(method.getName())
          && !method.getName().startsWith("execute")
          && !Modifier.isStatic(method.getModifiers())) {
        questions.put(prefix + nameOf(type, method), () -> ask(method, target));
      }
    }
  }

  private static String nameOf(Class<?> type, Method method) {
    StringBuilder name = new StringBuilder(type.getSimpleName());
    name.append('.').append(method.getName()).append('(');
    String separator = "";
    for (Class<?> parameter : method.getParameterTypes()) {
      name.append(separator).append(parameter.getSimpleName());
      separator = ", ";
    }
    return name.append(')').toString();
  }

  /** Whatever it answers, it has answered. */
  private static void ask(Method method, Object target) throws IllegalAccessException {
    Class<?>[] types = method.getParameterTypes();
    @Nullable Object[] args = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      args[i] = argument(types[i]);
    }
    try {
      method.invoke(target, args);
    } catch (InvocationTargetException refused) {
      return;
    }
  }

  private static @Nullable Object argument(Class<?> type) {
    if (type == int.class) {
      return 1;
    }
    if (type == boolean.class) {
      return true;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == double.class) {
      return 1.0;
    }
    if (type == float.class) {
      return 1.0f;
    }
    if (type == short.class) {
      return (short) 1;
    }
    if (type == byte.class) {
      return (byte) 1;
    }
    if (type == String.class) {
      return "SELECT 1";
    }
    if (type == Class.class) {
      return Connection.class;
    }
    if (type == Map.class) {
      return new HashMap<>();
    }
    if (type == Executor.class) {
      return (Executor) Runnable::run;
    }
    return null;
  }

  /** Asks everything at once; what was answered after a second and a half at most. */
  Set<String> answeredSoon() throws Exception {
    start(questions.keySet());
    awaitAll(1500);
    assertRunning();
    return calls.keySet().stream()
        .filter(name -> call(name).isDone())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Which of these are not answered, however long one waits. */
  Set<String> unansweredOf(Set<String> asked) throws Exception {
    start(asked);
    awaitAll(15_000);
    assertRunning();
    return asked.stream()
        .filter(name -> !call(name).isDone())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void start(Set<String> names) {
    for (String name : names) {
      calls.put(name, inBackground(Objects.requireNonNull(questions.get(name))));
    }
  }

  private CompletableFuture<Void> call(String name) {
    return Objects.requireNonNull(calls.get(name));
  }

  private void awaitAll(long millis) throws Exception {
    try {
      CompletableFuture.allOf(calls.values().toArray(new CompletableFuture<?>[0]))
          .get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException someWait) {
      return;
    }
  }

  private void assertRunning() {
    if (run.isDone()) {
      throw new AssertionError("the query is over");
    }
  }

  static CompletableFuture<Void> inBackground(Action action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  /** The SQLState with which that failed. */
  static @Nullable String stateOf(CompletableFuture<Void> call) throws Exception {
    try {
      call.get(20, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof SQLException exception
          ? exception.getSQLState()
          : String.valueOf(e.getCause());
    }
  }

  @Override
  public void close() throws Exception {
    if (!run.isDone()) {
      // Calls of the driver's that wait for the query may have locked one another out by now.
      try (Connection monitor = Postgres.connect();
          Statement statement = monitor.createStatement()) {
        statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + IS_IT);
      }
      inBackground(connection::close);
      return;
    }
    awaitAll(20_000);
    connection.close();
  }
}
