package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Transactions: autocommit, savepoints, isolation, read-only, failure. */
final class TransactionCases implements CaseTable.Cases {

  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY)";

  @Override
  public void addTo(CaseTable table) {
    table
        .add(
            "commit and rollback while autocommit is on",
            scene -> {
              Connection connection = scene.open();
              return List.of(
                  connection.getAutoCommit(),
                  Attempt.step(connection::commit),
                  Attempt.step(connection::rollback),
                  Attempt.of(connection::setSavepoint));
            })
        .add(
            "commit and rollback",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setAutoCommit(false);
              insert(connection, 1);
              connection.commit();
              insert(connection, 2);
              connection.rollback();
              return Attempt.query(connection, "SELECT * FROM t");
            })
        .add(
            "autocommit switched on in a transaction commits",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setAutoCommit(false);
              insert(connection, 1);
              connection.setAutoCommit(true);
              return Attempt.query(scene.open(), "SELECT * FROM t");
            })
        .add(
            "a transaction left open by close",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setAutoCommit(false);
              insert(connection, 1);
              connection.close();
              return Attempt.query(scene.open(), "SELECT count(*) FROM t");
            })
        .add(
            "a failed transaction",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setAutoCommit(false);
              insert(connection, 1);
              String failure = Attempt.step(() -> insert(connection, 1));
              String next = Attempt.of(() -> Attempt.query(connection, "SELECT 1"));
              String commit = Attempt.step(connection::commit);
              return List.of(
                  failure, next, commit, Attempt.query(connection, "SELECT count(*) FROM t"));
            })
        .add(
            "a deferred constraint that fails at commit",
            scene -> {
              Connection connection =
                  scene.openAfter("CREATE TABLE t (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
              connection.setAutoCommit(false);
              insert(connection, 1);
              insert(connection, 1);
              return Attempt.step(connection::commit);
            })
        .add(
            "savepoints",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setAutoCommit(false);
              insert(connection, 1);
              Savepoint named = connection.setSavepoint("mine");
              insert(connection, 2);
              Savepoint unnamed = connection.setSavepoint();
              insert(connection, 3);
              connection.rollback(unnamed);
              String some = Attempt.query(connection, "SELECT sum(id) FROM t");
              connection.rollback(named);
              return List.of(some, Attempt.query(connection, "SELECT sum(id) FROM t"));
            })
        .add(
            "what a savepoint tells of itself",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Savepoint named = connection.setSavepoint("mine");
              Savepoint unnamed = connection.setSavepoint();
              return List.of(
                  named.getSavepointName(),
                  Attempt.of(named::getSavepointId),
                  Attempt.of(unnamed::getSavepointName));
            })
        .add(
            "a savepoint that was released",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Savepoint savepoint = connection.setSavepoint("mine");
              connection.releaseSavepoint(savepoint);
              return List.of(
                  Attempt.step(() -> connection.rollback(savepoint)),
                  Attempt.step(() -> connection.releaseSavepoint(savepoint)),
                  Attempt.of(savepoint::getSavepointName));
            })
        .add(
            "a savepoint from a transaction that has ended",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Savepoint savepoint = connection.setSavepoint("mine");
              connection.commit();
              return Attempt.step(() -> connection.rollback(savepoint));
            })
        .add(
            "isolation levels",
            scene -> {
              Connection connection = scene.open();
              List<Object> outcomes = new ArrayList<>();
              for (int level : new int[] {0, 1, 2, 4, 8, 16}) {
                outcomes.add(Attempt.step(() -> connection.setTransactionIsolation(level)));
                outcomes.add(connection.getTransactionIsolation());
                outcomes.add(Attempt.query(connection, "SHOW transaction_isolation"));
              }
              return outcomes;
            })
        .add(
            "isolation changed in a transaction",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Attempt.query(connection, "SELECT 1");
              return Attempt.step(
                  () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
            })
        .add(
            "a write while read-only",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setReadOnly(true);
              String direct = Attempt.step(() -> insert(connection, 1));
              connection.setAutoCommit(false);
              String inTransaction = Attempt.step(() -> insert(connection, 2));
              return List.of(connection.isReadOnly(), direct, inTransaction);
            })
        .add(
            "read-only changed in a transaction",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Attempt.query(connection, "SELECT 1");
              return List.of(
                  Attempt.step(() -> connection.setReadOnly(true)), connection.isReadOnly());
            })
        .add(
            "a transaction begun by SQL",
            scene -> {
              Connection connection = scene.openAfter(TABLE, "BEGIN");
              insert(connection, 1);
              boolean autoCommit = connection.getAutoCommit();
              String commit = Attempt.step(connection::commit);
              connection.createStatement().execute("ROLLBACK");
              return List.of(
                  autoCommit, commit, Attempt.query(connection, "SELECT count(*) FROM t"));
            })
        .add(
            "autosave keeps a transaction alive",
            scene -> {
              Connection connection = scene.open("&autosave=always");
              connection.setAutoCommit(false);
              String failure = Attempt.of(() -> Attempt.query(connection, "SELECT 1/0"));
              return List.of(failure, Attempt.query(connection, "SELECT 5 AS alive"));
            })
        .add(
            "transaction calls on a closed connection",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              connection.close();
              return List.of(
                  Attempt.step(connection::commit),
                  Attempt.step(connection::rollback),
                  Attempt.of(connection::getAutoCommit),
                  Attempt.step(() -> connection.setAutoCommit(true)),
                  Attempt.of(connection::getTransactionIsolation),
                  Attempt.of(connection::isReadOnly),
                  Attempt.of(connection::setSavepoint));
            });
  }

  private static void insert(Connection connection, int id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO t VALUES (" + id + ")");
    }
  }
}
