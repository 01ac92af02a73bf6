package io.tenantpool.connection;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** One call during a set-up: what it is to the {@link Journal}. */
final class SetUpCall {

  private final Journal journal;
  private final DriverConnection physical;
  private final Call call;
  private final @Nullable Object @Nullable [] args;
  private final boolean ofConnection;
  private final @Nullable Recipe recipe;
  private final @Nullable SetUpStep step;

  /** Whether there was a transaction before the call of which nothing could be left. */
  private final boolean hadFailed;

  /**
   * Before the call is made, which may use up what it is given.
   *
   * @param ofConnection whether it is a call of the connection itself
   * @param recipe of the statement that is called; null when nobody knows how it was made
   */
  SetUpCall(
      Journal journal,
      DriverConnection physical,
      Call call,
      @Nullable Object @Nullable [] args,
      boolean ofConnection,
      @Nullable Recipe recipe)
      throws SQLException {
    this.journal = journal;
    this.physical = physical;
    this.call = call;
    this.args = args;
    this.ofConnection = ofConnection;
    this.recipe = recipe;
    hadFailed = physical.hasFailedTransaction();
    if (ofConnection && call.changesDriver()) {
      physical.markChanged();
    }
    step =
        ofConnection
            ? SetUpStep.ofConnection(call, args)
            : recipe == null ? null : SetUpStep.ofStatement(recipe, call, args);
  }

  /** The driver threw something. */
  void failed() throws SQLException {
    journal.failed(call.trace() == Trace.EXECUTE_BATCH, physical);
  }

  /** The driver answered; before anything else is noted. */
  void answered() throws SQLException {
    if (hadFailed && !physical.isInTransaction()) {
      // Whatever ended it, be it a commit.
      journal.rolledBack(physical);
    }
  }

  /** What the driver answered. */
  void succeeded(@Nullable Object result) throws SQLException {
    if (hadFailed && step != null && step.isTransactional()) {
      // The end of a transaction that left nothing.
      return;
    } else if (step != null) {
      journal.done(step, physical);
    } else if (ofConnection) {
      noteTransaction(result);
    } else if (recipe != null && call.trace() == Trace.ADD_BATCH) {
      recipe.keepInBatch(call, args);
    } else if (recipe == null && call.trace().executes()) {
      journal.cannotBeRepeated();
    }
  }

  private void noteTransaction(@Nullable Object result) throws SQLException {
    switch (call.method().getName()) {
      case "commit" -> journal.committed(physical);
      case "rollback" -> {
        if (args != null && args.length > 0 && args[0] instanceof Savepoint savepoint) {
          journal.rolledBackTo(savepoint);
        } else {
          journal.rolledBack(physical);
        }
      }
      case "setSavepoint" -> {
        if (result instanceof Savepoint savepoint) {
          journal.savepoint(savepoint);
        }
      }
      default -> {}
    }
  }
}
