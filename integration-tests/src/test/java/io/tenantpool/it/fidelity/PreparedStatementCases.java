package io.tenantpool.it.fidelity;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** {@link PreparedStatement}: parameters, reuse, server-side preparation. */
final class PreparedStatementCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    table
        .add(
            "parameters of many types",
            scene -> {
              PreparedStatement statement =
                  scene.open().prepareStatement("SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?");
              statement.setInt(1, 1);
              statement.setLong(2, 1L << 40);
              statement.setShort(3, (short) 3);
              statement.setString(4, "it's");
              statement.setBoolean(5, true);
              statement.setDouble(6, 1.5);
              statement.setBigDecimal(7, new BigDecimal("12.340"));
              statement.setBytes(8, new byte[] {1, 2, (byte) 0xff});
              statement.setDate(9, Date.valueOf("2020-02-29"));
              statement.setTime(10, Time.valueOf("10:11:12"));
              statement.setTimestamp(11, Timestamp.valueOf("2020-01-02 03:04:05.006"));
              return statement.executeQuery();
            })
        .add(
            "null parameters",
            scene -> {
              PreparedStatement statement =
                  scene.open().prepareStatement("SELECT ?::int, ?::text, ?");
              statement.setNull(1, Types.INTEGER);
              statement.setString(2, null);
              statement.setObject(3, null);
              return statement.executeQuery();
            })
        .add(
            "a parameter that is not set",
            scene -> scene.open().prepareStatement("SELECT ?::int").executeQuery())
        .add(
            "parameters out of range",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::int");
              return List.of(
                  Attempt.step(() -> statement.setInt(0, 1)),
                  Attempt.step(() -> statement.setInt(2, 1)));
            })
        .add(
            "parameters cleared",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::int");
              statement.setInt(1, 1);
              statement.clearParameters();
              return statement.executeQuery();
            })
        .add(
            "an object of an unknown type as a parameter",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?");
              statement.setObject(1, Thread.State.NEW);
              return statement.executeQuery();
            })
        .add(
            "a value that does not fit the type",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::int");
              statement.setObject(1, "seven", Types.INTEGER);
              return statement.executeQuery();
            })
        .add(
            "a prepared statement run ten times",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::int * 2");
              List<Integer> results = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                statement.setInt(1, i);
                try (ResultSet rows = statement.executeQuery()) {
                  rows.next();
                  results.add(rows.getInt(1));
                }
              }
              return results;
            })
        .add(
            "a table that changes under a prepared statement",
            scene -> {
              Connection connection = scene.open("&prepareThreshold=1");
              connection.createStatement().execute("CREATE TABLE t (a int)");
              PreparedStatement statement = connection.prepareStatement("SELECT * FROM t");
              String before = Description.of(statement.executeQuery());
              String again = Description.of(statement.executeQuery());
              connection.createStatement().execute("ALTER TABLE t ADD b text DEFAULT 'b'");
              connection.createStatement().execute("INSERT INTO t VALUES (1)");
              return List.of(before, again, Attempt.of(statement::executeQuery));
            })
        .add(
            "plain execution on a prepared statement",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT 1");
              return List.of(
                  Attempt.of(() -> statement.executeQuery("SELECT 2")),
                  Attempt.of(() -> statement.executeUpdate("SELECT 2")),
                  Attempt.of(() -> statement.execute("SELECT 2")));
            })
        .add(
            "metadata of parameters",
            scene -> {
              Connection connection = scene.openAfter("CREATE TABLE t (a int, b numeric(8,2))");
              var meta =
                  connection
                      .prepareStatement("UPDATE t SET b = ? WHERE a = ?")
                      .getParameterMetaData();
              return List.of(
                  meta.getParameterCount(),
                  meta.getParameterTypeName(1),
                  meta.getParameterClassName(1),
                  meta.getParameterType(2),
                  meta.isSigned(2),
                  meta.isNullable(2),
                  Attempt.of(() -> meta.getParameterType(3)));
            })
        .add(
            "metadata of a result before it is executed",
            scene -> {
              PreparedStatement statement =
                  scene.open().prepareStatement("SELECT 1 AS a, now() AS b");
              var meta = statement.getMetaData();
              return List.of(
                  meta.getColumnCount(),
                  meta.getColumnLabel(1),
                  meta.getColumnType(2),
                  meta.getColumnClassName(2));
            })
        .add(
            "calls on a closed prepared statement",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::int");
              statement.close();
              return List.of(
                  Attempt.step(() -> statement.setInt(1, 1)),
                  Attempt.of(statement::executeQuery),
                  Attempt.of(statement::getMetaData),
                  Attempt.step(statement::addBatch));
            })
        .add(
            "a unique key violated",
            scene -> {
              Connection connection = scene.openAfter("CREATE TABLE t (id int PRIMARY KEY)");
              PreparedStatement statement = connection.prepareStatement("INSERT INTO t VALUES (?)");
              statement.setInt(1, 1);
              return List.of(statement.executeUpdate(), Attempt.of(statement::executeUpdate));
            })
        .add(
            "the text of a prepared statement",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::int, ?::text");
              statement.setInt(1, 5);
              return statement.toString();
            });
  }
}
