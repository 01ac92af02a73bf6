package io.tenantpool.it.fidelity;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;

/** Batches: their counts, and what is told of one that failed. */
final class BatchCases implements CaseTable.Cases {

  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY)";

  @Override
  public void addTo(CaseTable table) {
    table
        .add(
            "a batch of statements",
            scene -> {
              Statement statement = scene.openAfter(TABLE).createStatement();
              statement.addBatch("INSERT INTO t VALUES (1), (2)");
              statement.addBatch("UPDATE t SET id = id + 10");
              statement.addBatch("DELETE FROM t WHERE id = 11");
              return statement.executeBatch();
            })
        .add(
            "a batch of parameters",
            scene -> {
              PreparedStatement statement = inserting(scene.openAfter(TABLE), 1, 2, 3);
              return List.of(
                  Attempt.of(statement::executeLargeBatch), Attempt.of(statement::executeBatch));
            })
        .add("an empty batch", scene -> scene.open().createStatement().executeBatch())
        .add(
            "a batch cleared",
            scene -> {
              PreparedStatement statement = inserting(scene.openAfter(TABLE), 1, 2);
              statement.clearBatch();
              return statement.executeBatch();
            })
        .add(
            "a batch that fails with autocommit",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              String counts = failedCounts(inserting(connection, 1, 2, 2, 3));
              return List.of(counts, Attempt.query(connection, "SELECT count(*) FROM t"));
            })
        .add(
            "a batch that fails in a transaction",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setAutoCommit(false);
              String counts = failedCounts(inserting(connection, 1, 1, 2));
              String after = Attempt.of(() -> Attempt.query(connection, "SELECT 1"));
              connection.rollback();
              return List.of(counts, after, Attempt.query(connection, "SELECT * FROM t"));
            })
        .add(
            "a batch with a query in it",
            scene -> {
              Statement statement = scene.open().createStatement();
              statement.addBatch("SELECT 1");
              return Attempt.of(statement::executeBatch);
            })
        .add(
            "plain SQL added to a prepared batch",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT 1");
              statement.addBatch("SELECT 2");
              return "added";
            })
        .add(
            "a batch rewritten to multi-row inserts",
            scene -> {
              Connection connection = scene.open("&reWriteBatchedInserts=true");
              connection.createStatement().execute(TABLE);
              int[] counts = inserting(connection, 1, 2, 3, 4, 5).executeBatch();
              return List.of(
                  Description.of(counts), Attempt.query(connection, "SELECT sum(id) FROM t"));
            })
        .add(
            "a batch on a closed connection",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              PreparedStatement statement = inserting(connection, 1);
              connection.close();
              return statement.executeBatch();
            });
  }

  private static PreparedStatement inserting(Connection connection, int... ids) throws Exception {
    PreparedStatement statement = connection.prepareStatement("INSERT INTO t VALUES (?)");
    for (int id : ids) {
      statement.setInt(1, id);
      statement.addBatch();
    }
    return statement;
  }

  private static String failedCounts(Statement statement) throws Exception {
    try {
      return Description.of(statement.executeBatch());
    } catch (BatchUpdateException e) {
      return Description.of(e) + Description.of(e.getUpdateCounts());
    }
  }
}
