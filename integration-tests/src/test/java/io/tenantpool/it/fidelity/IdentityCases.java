package io.tenantpool.it.fidelity;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.PGStatement;

/** Which objects are the same, and of which vendor types they are. */
final class IdentityCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    table
        .add(
            "connections in a set",
            scene -> {
              Connection one = scene.open();
              Connection other = scene.open();
              Set<Connection> set = new HashSet<>(List.of(one, other));
              set.add(one);
              one.close();
              return List.of(
                  set.size(),
                  set.contains(one),
                  one.equals(other),
                  one.equals("one"),
                  set.remove(other));
            })
        .add(
            "metadata asked for twice",
            scene -> {
              Connection connection = scene.open();
              ResultSet rows = connection.createStatement().executeQuery("SELECT 1");
              DatabaseMetaData meta = connection.getMetaData();
              ResultSetMetaData ofRows = rows.getMetaData();
              return List.of(
                  meta == connection.getMetaData(),
                  meta.equals(connection.getMetaData()),
                  ofRows == rows.getMetaData());
            })
        .add(
            "a result asked for twice",
            scene -> {
              Statement statement = scene.open().createStatement();
              statement.execute("SELECT 1");
              ResultSet rows = statement.getResultSet();
              return List.of(
                  rows == statement.getResultSet(), rows.getStatement().getResultSet() == rows);
            })
        .add(
            "the statement of a result after it was closed",
            scene -> {
              Statement statement = scene.open().createStatement();
              ResultSet rows = statement.executeQuery("SELECT 1");
              rows.close();
              return Attempt.of(() -> rows.getStatement() == statement);
            })
        .add(
            "the statement behind metadata and an array's rows",
            scene -> {
              Connection connection = scene.open();
              ResultSet rows = connection.createStatement().executeQuery("SELECT ARRAY[1]");
              rows.next();
              Array array = rows.getArray(1);
              Statement ofRows = array.getResultSet().getStatement();
              return Arrays.asList(ofRows.getConnection() == connection, array == rows.getArray(1));
            })
        .add(
            "vendor types",
            scene -> {
              Connection connection = scene.open();
              PreparedStatement statement = connection.prepareStatement("SELECT 1");
              ResultSet rows = statement.executeQuery();
              return List.of(
                  connection instanceof PGConnection,
                  statement instanceof PGStatement,
                  rows.getMetaData() instanceof PGResultSetMetaData,
                  connection.unwrap(PGConnection.class) == connection,
                  statement.unwrap(PGStatement.class) == statement,
                  statement.isWrapperFor(PGStatement.class));
            })
        .add(
            "vendor properties of a statement",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT 1");
              PGStatement vendor = statement.unwrap(PGStatement.class);
              vendor.setPrepareThreshold(1);
              statement.executeQuery().close();
              return List.of(
                  vendor.isUseServerPrepare(),
                  vendor.getPrepareThreshold(),
                  vendor.getLastOID(),
                  Attempt.step(() -> vendor.setPrepareThreshold(-1)));
            });
  }
}
