package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that was done to set a connection up, as it is done again on a clean session. */
sealed interface SetUpStep {

  /**
   * Does it on {@code physical}, which notes what was set.
   *
   * @throws Throwable what the driver throws
   */
  void repeat(DriverConnection physical) throws Throwable;

  /** Whether a roll-back takes it back. */
  boolean isTransactional();

  /** Whether nothing but what JDBC has setters for was set. */
  default boolean isSetting() {
    return false;
  }

  /** Whether it can be done a second time. */
  default boolean isRepeatable() {
    return true;
  }

  /** The SQL that it executed; empty when it was none. */
  default List<String> sql() {
    return List.of();
  }

  /**
   * A setter of the connection.
   *
   * @param value what was set; null for a schema says that of the server
   */
  record Setter(SessionProperty property, @Nullable Object value) implements SetUpStep {

    @Override
    public void repeat(DriverConnection physical) throws SQLException {
      JdbcState.repeat(physical, property, value);
    }

    @Override
    public boolean isTransactional() {
      return property == SessionProperty.SCHEMA || property == SessionProperty.CLIENT_INFO;
    }

    @Override
    public boolean isSetting() {
      return true;
    }
  }

  /** The end of a transaction of which something is left. */
  record Commit() implements SetUpStep {

    @Override
    public void repeat(DriverConnection physical) throws SQLException {
      Connection raw = physical.driverConnection();
      if (!raw.getAutoCommit() && physical.isInTransaction()) {
        raw.commit();
      }
    }

    @Override
    public boolean isTransactional() {
      return false;
    }

    @Override
    public boolean isSetting() {
      return true;
    }
  }

  /**
   * A call of the driver's own interface of connections: one that executes SQL, or one that changes
   * the driver's object for good.
   */
  record VendorStep(Step call, boolean executes) implements SetUpStep {

    @Override
    public void repeat(DriverConnection physical) throws Throwable {
      if (!executes) {
        physical.markChanged();
      }
      noteSeed(physical, sql());
      if (call.repeat(physical.driverConnection()) instanceof ResultSet result) {
        Statement statement = result.getStatement();
        result.close();
        if (statement != null) {
          statement.close();
        }
      }
    }

    @Override
    public boolean isTransactional() {
      return executes;
    }

    @Override
    public boolean isRepeatable() {
      return !call.isConsumable();
    }

    @Override
    public List<String> sql() {
      return executes && call.args() != null && call.args()[0] instanceof String sql
          ? List.of(sql)
          : List.of();
    }
  }

  /**
   * A statement was executed.
   *
   * @param origin the call of the connection that made it
   * @param preparation its settings, what was added to its batch, and its parameters, in order
   * @param execution the call that executed it
   */
  record Execution(Step origin, List<Step> preparation, Step execution, List<String> sql)
      implements SetUpStep {

    @Override
    public void repeat(DriverConnection physical) throws Throwable {
      noteSeed(physical, sql);
      if (!(origin.repeat(physical.driverConnection()) instanceof Statement statement)) {
        throw new IllegalStateException(origin.call().method() + " returned no statement");
      }
      try (statement) {
        for (Step step : preparation) {
          step.repeat(statement);
        }
        execution.repeat(statement);
      }
    }

    @Override
    public boolean isTransactional() {
      return true;
    }

    @Override
    public boolean isRepeatable() {
      return preparation.stream().noneMatch(Step::isConsumable);
    }
  }

  private static void noteSeed(DriverConnection physical, List<String> sql) {
    if (sql.stream().anyMatch(text -> (SpokenOf.in(text) & SpokenOf.SEED) != 0)) {
      physical.state().touch(SessionProperty.SEED);
    }
  }

  /** What {@code call} of the connection itself is in a set-up; null for nothing to repeat. */
  static @Nullable SetUpStep ofConnection(Call call, @Nullable Object @Nullable [] args) {
    if (call.changesDriver()) {
      return new VendorStep(Step.kept(call, args), false);
    }
    return call.trace() == Trace.EXECUTE
        ? unlessIdle(new VendorStep(Step.kept(call, args), true))
        : null;
  }

  /** What {@code call} of a statement is that is about to be executed; null for nothing. */
  static @Nullable SetUpStep ofStatement(
      Recipe recipe, Call call, @Nullable Object @Nullable [] args) {
    return call.trace().executes() ? unlessIdle(recipe.execution(call, args)) : null;
  }

  private static @Nullable SetUpStep unlessIdle(SetUpStep step) {
    return step.sql().stream().anyMatch(SetUpSql::mayLeaveSomething) ? step : null;
  }
}
