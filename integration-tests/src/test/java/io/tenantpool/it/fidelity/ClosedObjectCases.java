package io.tenantpool.it.fidelity;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;

/** Statements, result sets, arrays and savepoints, used after their own end. */
final class ClosedObjectCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    addStatementCases(table);
    addOtherCases(table);
  }

  private static void addStatementCases(CaseTable table) {
    table
        .add(
            "closed statement: every kind of call",
            scene -> {
              Statement statement = scene.open().createStatement();
              statement.close();
              return new Attempts()
                  .get(statement::isClosed)
                  .get(() -> statement.executeQuery("SELECT 1"))
                  .get(statement::getResultSet)
                  .get(statement::getUpdateCount)
                  .get(statement::getMoreResults)
                  .get(statement::getFetchSize)
                  .run(() -> statement.addBatch("SELECT 1"))
                  .get(statement::executeBatch)
                  .get(statement::getWarnings)
                  .get(() -> statement.getConnection().isClosed())
                  .run(statement::close);
            })
        .add(
            "closed prepared statement: every kind of call",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::int");
              statement.close();
              return new Attempts()
                  .run(() -> statement.setInt(1, 1))
                  .get(statement::executeQuery)
                  .run(statement::clearParameters)
                  .run(statement::addBatch)
                  .get(statement::getMetaData)
                  .get(() -> statement.getParameterMetaData().getParameterCount());
            })
        .add(
            "closed callable statement",
            scene -> {
              CallableStatement statement = scene.open().prepareCall("{? = call abs(?)}");
              statement.close();
              return new Attempts()
                  .run(() -> statement.registerOutParameter(1, Types.INTEGER))
                  .get(statement::execute)
                  .get(() -> statement.getInt(1));
            })
        .add(
            "closed statement: its result set closes with it",
            scene -> {
              Statement statement = scene.open().createStatement();
              ResultSet rows = statement.executeQuery("SELECT 1");
              rows.next();
              statement.close();
              return new Attempts().get(rows::isClosed).get(() -> rows.getInt(1)).get(rows::next);
            })
        .add(
            "closed result set: every kind of call",
            scene -> {
              Statement statement = scene.open().createStatement();
              ResultSet rows = statement.executeQuery("SELECT 1 AS n");
              rows.close();
              rows.close();
              return new Attempts()
                  .get(rows::isClosed)
                  .get(rows::next)
                  .get(() -> rows.getInt("n"))
                  .get(() -> rows.findColumn("n"))
                  .get(rows::wasNull)
                  .get(rows::getRow)
                  .get(rows::getMetaData)
                  .get(rows::getStatement)
                  .get(rows::getFetchSize)
                  .get(statement::isClosed);
            })
        .add(
            "closed result set: closes its statement on completion",
            scene -> {
              Statement statement = scene.open().createStatement();
              statement.closeOnCompletion();
              statement.executeQuery("SELECT 1").close();
              return new Attempts().get(statement::isClosed).get(statement::isCloseOnCompletion);
            });
  }

  private static void addOtherCases(CaseTable table) {
    table
        .add(
            "freed array",
            scene -> {
              Array array = scene.open().createArrayOf("int4", new Object[] {1, 2});
              array.free();
              array.free();
              return new Attempts().get(array::getBaseTypeName).get(array::getArray);
            })
        .add(
            "metadata of a closed result set",
            scene -> {
              ResultSet rows = scene.open().createStatement().executeQuery("SELECT 1 AS n");
              ResultSetMetaData meta = rows.getMetaData();
              rows.close();
              return List.of(meta.getColumnCount(), meta.getColumnLabel(1), meta.getColumnType(1));
            })
        .add(
            "savepoint: released, then used",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Savepoint savepoint = connection.setSavepoint("s");
              connection.releaseSavepoint(savepoint);
              return new Attempts()
                  .get(savepoint::getSavepointName)
                  .run(() -> connection.rollback(savepoint))
                  .run(() -> connection.releaseSavepoint(savepoint));
            })
        .add(
            "savepoint: of another connection",
            scene -> {
              Connection one = scene.open();
              one.setAutoCommit(false);
              Savepoint savepoint = one.setSavepoint("theirs");
              Connection other = scene.open();
              other.setAutoCommit(false);
              return new Attempts()
                  .get(savepoint::getSavepointId)
                  .run(() -> other.rollback(savepoint));
            })
        .add(
            "savepoint: after close",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Savepoint savepoint = connection.setSavepoint("s");
              connection.close();
              return new Attempts()
                  .get(savepoint::getSavepointName)
                  .run(() -> connection.rollback(savepoint));
            })
        .add(
            "toString: of everything that has a text",
            scene -> {
              Connection connection = scene.open();
              PreparedStatement prepared = connection.prepareStatement("SELECT ?::int, ?::text");
              prepared.setInt(1, 4);
              return List.of(
                  connection.toString().replaceAll("@.*", ""),
                  prepared.toString(),
                  connection.createStatement().toString().replaceAll("@.*", ""),
                  connection.createArrayOf("text", new Object[] {"a", "b c"}).toString());
            })
        .add(
            "toString: after close",
            scene -> {
              Connection connection = scene.open();
              PreparedStatement prepared = connection.prepareStatement("SELECT 1");
              prepared.close();
              connection.close();
              return List.of(connection.toString().replaceAll("@.*", ""), prepared.isClosed());
            });
  }
}
