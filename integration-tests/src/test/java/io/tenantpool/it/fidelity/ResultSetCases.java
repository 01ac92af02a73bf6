package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link ResultSet}: reading, moving, fetching by cursor, closing. */
final class ResultSetCases implements CaseTable.Cases {

  private static final String FIVE = "SELECT n, 'r' || n AS name FROM generate_series(1, 5) n";

  @Override
  public void addTo(CaseTable table) {
    reading(table);
    moving(table);
    table
        .add(
            "fetching by cursor",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Statement statement = connection.createStatement();
              statement.setFetchSize(2);
              ResultSet rows = statement.executeQuery("SELECT generate_series(1, 7) AS n");
              int size = rows.getFetchSize();
              rows.setFetchSize(3);
              return List.of(size, Description.rows(rows), rows.getFetchSize());
            })
        .add(
            "a cursor whose transaction has ended",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Statement statement = connection.createStatement();
              statement.setFetchSize(2);
              ResultSet rows = statement.executeQuery("SELECT generate_series(1, 7) AS n");
              connection.commit();
              // the driver numbers the cursors of a session: that number outlives a lease
              return List.of(
                  rows.next(), rows.next(), Attempt.of(rows::next).replaceAll("C_\\d+", "C_n"));
            })
        .add(
            "a result held over commit",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Statement statement =
                  connection.createStatement(
                      ResultSet.TYPE_FORWARD_ONLY,
                      ResultSet.CONCUR_READ_ONLY,
                      ResultSet.HOLD_CURSORS_OVER_COMMIT);
              statement.setFetchSize(2);
              ResultSet rows = statement.executeQuery("SELECT generate_series(1, 7) AS n");
              connection.commit();
              return List.of(
                  Attempt.of(rows::getHoldability), Attempt.of(() -> Description.rows(rows)));
            })
        .add(
            "a cursor by name",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              connection
                  .createStatement()
                  .execute("DECLARE c CURSOR FOR SELECT generate_series(1, 3)");
              String some = Attempt.query(connection, "FETCH 2 FROM c");
              String rest = Attempt.query(connection, "FETCH ALL FROM c");
              return List.of(some, rest, Attempt.of(() -> Attempt.query(connection, "FETCH c2")));
            })
        .add(
            "calls on a closed result",
            scene -> {
              ResultSet rows = scene.open().createStatement().executeQuery("SELECT 1");
              rows.close();
              rows.close();
              return List.of(
                  rows.isClosed(),
                  Attempt.of(rows::next),
                  Attempt.of(() -> rows.getInt(1)),
                  Attempt.of(() -> rows.findColumn("a")),
                  Attempt.of(rows::getMetaData),
                  Attempt.of(rows::isBeforeFirst));
            })
        .add(
            "a result whose statement is closed",
            scene -> {
              Statement statement = scene.open().createStatement();
              ResultSet rows = statement.executeQuery("SELECT 1");
              statement.close();
              return List.of(rows.isClosed(), Attempt.of(rows::next));
            })
        .add(
            "a ref cursor as a result",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Statement statement = connection.createStatement();
              statement.execute("DECLARE curs CURSOR FOR SELECT 7 AS seven");
              statement.execute(
                  "CREATE FUNCTION f() RETURNS refcursor LANGUAGE sql AS"
                      + " $$ SELECT 'curs'::refcursor $$");
              ResultSet rows = statement.executeQuery("SELECT f()");
              rows.next();
              try (ResultSet cursor = (ResultSet) rows.getObject(1)) {
                return Description.rows(cursor);
              }
            });
  }

  private static void reading(CaseTable table) {
    table
        .add(
            "a column that is missing",
            scene -> {
              ResultSet rows = scene.open().createStatement().executeQuery(FIVE);
              rows.next();
              return List.of(
                  Attempt.of(() -> rows.getInt(0)),
                  Attempt.of(() -> rows.getInt(3)),
                  Attempt.of(() -> rows.getString("nosuch")),
                  rows.findColumn("NAME"));
            })
        .add(
            "a value of another type",
            scene -> {
              ResultSet rows = scene.open().createStatement().executeQuery(FIVE);
              rows.next();
              return List.of(
                  Attempt.of(() -> rows.getInt("name")),
                  Attempt.of(() -> rows.getDate("name")),
                  Attempt.of(() -> rows.getArray("name").toString()),
                  Attempt.of(() -> rows.getObject("name", Thread.class)),
                  Attempt.of(() -> rows.getBoolean("name")));
            })
        .add(
            "a number out of range",
            scene -> {
              ResultSet rows =
                  scene.open().createStatement().executeQuery("SELECT 3000000000, 'NaN'::numeric");
              rows.next();
              return List.of(
                  Attempt.of(() -> rows.getInt(1)),
                  Attempt.of(() -> rows.getByte(1)),
                  rows.getLong(1),
                  rows.getDouble(2),
                  Attempt.of(() -> rows.getBigDecimal(2)));
            })
        .add(
            "nulls read",
            scene -> {
              ResultSet rows =
                  scene.open().createStatement().executeQuery("SELECT NULL::int, NULL::text, 1");
              rows.next();
              return Arrays.asList(
                  rows.getInt(1),
                  rows.wasNull(),
                  rows.getString(2),
                  rows.getObject(1, Integer.class),
                  rows.getInt(3),
                  rows.wasNull());
            })
        .add(
            "reading off the rows",
            scene -> {
              ResultSet rows = scene.open().createStatement().executeQuery("SELECT 1 WHERE false");
              String before = Attempt.of(() -> rows.getInt(1));
              boolean any = rows.next();
              return List.of(before, any, Attempt.of(() -> rows.getInt(1)), rows.getRow());
            })
        .add(
            "metadata of a result",
            scene -> {
              Connection connection =
                  scene.openAfter("CREATE TABLE t (id serial, v numeric(8,2) NOT NULL, s text)");
              var meta =
                  connection
                      .createStatement()
                      .executeQuery("SELECT *, s AS x FROM t")
                      .getMetaData();
              List<Object> facts = new ArrayList<>();
              for (int i = 1; i <= meta.getColumnCount(); i++) {
                facts.add(
                    Arrays.asList(
                        meta.getColumnName(i),
                        meta.getColumnLabel(i),
                        meta.getTableName(i),
                        meta.getSchemaName(i),
                        meta.getColumnType(i),
                        meta.getColumnClassName(i),
                        meta.getPrecision(i),
                        meta.getScale(i),
                        meta.isNullable(i),
                        meta.isAutoIncrement(i)));
              }
              return List.of(facts, Attempt.of(() -> meta.getColumnName(9)));
            });
  }

  private static void moving(CaseTable table) {
    table
        .add(
            "scrolling",
            scene -> {
              ResultSet rows = scrollable(scene.open()).executeQuery(FIVE);
              return List.of(
                  rows.last(),
                  rows.getRow(),
                  rows.absolute(2),
                  rows.getString(2),
                  rows.relative(-1),
                  rows.isFirst(),
                  rows.previous(),
                  rows.isBeforeFirst(),
                  rows.absolute(-1),
                  rows.isLast(),
                  rows.absolute(9),
                  rows.isAfterLast());
            })
        .add(
            "scrolling where only forward is allowed",
            scene -> {
              ResultSet rows = scene.open().createStatement().executeQuery(FIVE);
              return List.of(
                  Attempt.of(rows::previous),
                  Attempt.of(() -> rows.absolute(1)),
                  Attempt.step(rows::beforeFirst),
                  rows.getType());
            })
        .add(
            "a row updated, inserted and deleted through the result",
            scene -> {
              Connection connection =
                  scene.openAfter(
                      "CREATE TABLE t (id int PRIMARY KEY, s text)",
                      "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
              ResultSet rows = scrollable(connection).executeQuery("SELECT * FROM t ORDER BY id");
              rows.next();
              rows.updateString("s", "changed");
              rows.updateRow();
              rows.next();
              rows.deleteRow();
              rows.moveToInsertRow();
              rows.updateInt(1, 3);
              rows.insertRow();
              return Attempt.query(connection, "SELECT * FROM t ORDER BY id");
            })
        .add(
            "updating a result that is read-only",
            scene -> {
              ResultSet rows = scene.open().createStatement().executeQuery(FIVE);
              rows.next();
              return List.of(
                  Attempt.step(() -> rows.updateInt(1, 3)),
                  Attempt.step(rows::deleteRow),
                  Attempt.step(rows::moveToInsertRow),
                  rows.getConcurrency());
            })
        .add(
            "a row read again",
            scene -> {
              Connection connection =
                  scene.openAfter(
                      "CREATE TABLE t (id int PRIMARY KEY, s text)",
                      "INSERT INTO t VALUES (1, 'a')");
              ResultSet rows = scrollable(connection).executeQuery("SELECT * FROM t");
              rows.next();
              connection.createStatement().executeUpdate("UPDATE t SET s = 'z'");
              String old = rows.getString(2);
              rows.refreshRow();
              return List.of(old, rows.getString(2), rows.rowUpdated());
            })
        .add(
            "result types that do not exist",
            scene -> {
              Connection connection = scene.open();
              return List.of(
                  Attempt.of(() -> connection.createStatement(1, 2).getResultSetType()),
                  Attempt.of(
                      () ->
                          connection
                              .createStatement(
                                  ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)
                              .getResultSetType()),
                  Attempt.of(
                      () ->
                          connection
                              .createStatement(
                                  ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, 9)
                              .getResultSetHoldability()));
            });
  }

  private static Statement scrollable(Connection connection) throws SQLException {
    return connection.createStatement(
        ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
  }
}
