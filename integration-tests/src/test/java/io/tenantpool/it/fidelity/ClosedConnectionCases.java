package io.tenantpool.it.fidelity;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** What is left of objects whose connection was closed. */
final class ClosedConnectionCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    table
        .add(
            "rows after the connection's close",
            scene -> {
              Connection connection = scene.open();
              ResultSet rows = connection.createStatement().executeQuery("SELECT 1 AS one");
              connection.close();
              return Attempt.of(() -> Description.rows(rows));
            })
        .add(
            "an array after the connection's close",
            scene -> {
              Connection connection = scene.open();
              Array array = connection.createArrayOf("int4", new Object[] {1, 2});
              connection.close();
              return Attempt.of(array::getArray);
            })
        .add(
            "metadata after the connection's close",
            scene -> {
              Connection connection = scene.open();
              DatabaseMetaData meta = connection.getMetaData();
              connection.close();
              return Attempt.of(meta::getDriverName);
            })
        .add(
            "properties of a statement after the connection's close",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              connection.close();
              return Attempt.of(statement::getMaxRows);
            })
        .add(
            "setters of a statement after the connection's close",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              connection.close();
              return List.of(
                  Attempt.step(() -> statement.setMaxRows(1)),
                  Attempt.step(() -> statement.setFetchSize(1)),
                  Attempt.step(() -> statement.setQueryTimeout(1)));
            })
        .add(
            "an empty batch after the connection's close",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              connection.close();
              return Attempt.of(statement::executeBatch);
            })
        .add(
            "closing what hangs on a closed connection",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("SELECT 1");
              Array array = connection.createArrayOf("int4", new Object[] {1});
              connection.close();
              return List.of(
                  Attempt.step(array::free),
                  Attempt.step(rows::close),
                  Attempt.step(statement::close),
                  Attempt.step(() -> connection.abort(Runnable::run)),
                  rows.isClosed(),
                  statement.isClosed());
            });
  }
}
