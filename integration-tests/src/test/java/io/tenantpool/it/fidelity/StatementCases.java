package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** {@link Statement}: what executing gives, and what is refused. */
final class StatementCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    table
        .add("a syntax error", scene -> Attempt.query(scene.open(), "SELEC 1"))
        .add("a table that is missing", scene -> Attempt.query(scene.open(), "SELECT * FROM none"))
        .add(
            "a query with no result",
            scene -> Attempt.query(scene.open(), "CREATE TABLE t (id int)"))
        .add(
            "an update with a result",
            scene -> {
              Statement statement = scene.open().createStatement();
              return Arrays.asList(
                  Attempt.of(() -> statement.executeUpdate("SELECT 1")),
                  Attempt.of(() -> statement.executeLargeUpdate("SELECT 1")));
            })
        .add(
            "update counts of several rows",
            scene -> {
              Statement statement = scene.openAfter("CREATE TABLE t (id int)").createStatement();
              return List.of(
                  statement.executeUpdate("INSERT INTO t SELECT generate_series(1, 7)"),
                  statement.executeLargeUpdate("UPDATE t SET id = id + 1 WHERE id > 4"),
                  statement.executeUpdate("DELETE FROM t WHERE id = 99"));
            })
        .add(
            "several statements in one",
            scene -> {
              Statement statement = scene.open().createStatement();
              boolean first = statement.execute("SELECT 1; SET work_mem = '1MB'; SELECT 2");
              String one = Description.of(statement.getResultSet());
              boolean second = statement.getMoreResults();
              int count = statement.getUpdateCount();
              boolean third = statement.getMoreResults();
              String two = Description.of(statement.getResultSet());
              boolean end = statement.getMoreResults();
              return List.of(
                  first, one, second, count, third, two, end, statement.getUpdateCount());
            })
        .add(
            "more results with the current one kept",
            scene -> {
              Statement statement = scene.open().createStatement();
              statement.execute("SELECT 1; SELECT 2");
              ResultSet first = statement.getResultSet();
              boolean more = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
              ResultSet second = statement.getResultSet();
              boolean open = !first.isClosed() && !second.isClosed();
              statement.getMoreResults(Statement.CLOSE_ALL_RESULTS);
              return List.of(more, open, first.isClosed(), second.isClosed());
            })
        .add(
            "a second query closes the first result",
            scene -> {
              Statement statement = scene.open().createStatement();
              ResultSet first = statement.executeQuery("SELECT 1");
              ResultSet second = statement.executeQuery("SELECT 2");
              return List.of(first.isClosed(), Attempt.of(first::next), Description.rows(second));
            })
        .add(
            "the default properties of a statement",
            scene -> {
              Statement statement = scene.open().createStatement();
              return List.of(
                  statement.getFetchSize(),
                  statement.getFetchDirection(),
                  statement.getMaxRows(),
                  Attempt.of(statement::getLargeMaxRows),
                  statement.getMaxFieldSize(),
                  statement.getQueryTimeout(),
                  statement.getResultSetType(),
                  statement.getResultSetConcurrency(),
                  statement.getResultSetHoldability(),
                  statement.isPoolable(),
                  statement.isCloseOnCompletion());
            })
        .add(
            "values that a statement refuses",
            scene -> {
              Statement statement = scene.open().createStatement();
              return List.of(
                  Attempt.step(() -> statement.setFetchSize(-1)),
                  Attempt.step(() -> statement.setMaxRows(-1)),
                  Attempt.step(() -> statement.setMaxFieldSize(-1)),
                  Attempt.step(() -> statement.setQueryTimeout(-1)),
                  Attempt.step(() -> statement.setFetchDirection(7)),
                  Attempt.step(() -> statement.setCursorName("c")));
            })
        .add(
            "max rows",
            scene -> {
              Statement statement = scene.open().createStatement();
              statement.setMaxRows(2);
              try (ResultSet rows = statement.executeQuery("SELECT generate_series(1, 9) AS n")) {
                return Description.rows(rows);
              }
            })
        .add(
            "a statement closed on completion",
            scene -> {
              Statement statement = scene.open().createStatement();
              statement.closeOnCompletion();
              ResultSet rows = statement.executeQuery("SELECT 1");
              boolean before = statement.isClosed();
              rows.close();
              return List.of(before, statement.isCloseOnCompletion(), statement.isClosed());
            })
        .add(
            "calls on a closed statement",
            scene -> {
              Statement statement = scene.open().createStatement();
              statement.close();
              statement.close();
              return List.of(
                  Attempt.of(() -> statement.executeQuery("SELECT 1")),
                  Attempt.of(statement::getFetchSize),
                  Attempt.of(() -> statement.getConnection().isClosed()),
                  Attempt.step(statement::cancel),
                  statement.isClosed());
            })
        .add(
            "calls on a statement of a closed connection",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              connection.close();
              return List.of(
                  Attempt.of(() -> statement.executeQuery("SELECT 1")),
                  Attempt.of(connection::createStatement),
                  Attempt.step(statement::close),
                  statement.isClosed());
            })
        .add(
            "escapes and native SQL",
            scene -> {
              Connection connection = scene.open();
              return List.of(
                  connection.nativeSQL("SELECT {fn ucase('x')}, {d '2020-01-02'}, {t '10:00:00'}"),
                  Attempt.query(connection, "SELECT {fn concat('a', 'b')} AS c, {fn mod(7, 4)}"),
                  Attempt.of(() -> Attempt.query(connection, "SELECT {fn nosuch(1)}")));
            })
        .add(
            "quoting by a statement",
            scene -> {
              Statement statement = scene.open().createStatement();
              return List.of(
                  statement.enquoteLiteral("O'Neil"),
                  statement.enquoteIdentifier("a b", false),
                  statement.enquoteNCharLiteral("x"),
                  statement.isSimpleIdentifier("select"),
                  Attempt.of(() -> statement.enquoteIdentifier("a\"b", false)));
            })
        .add(
            "unwrapping a statement to what it is not",
            scene -> {
              Statement statement = scene.open().createStatement();
              return List.of(
                  statement.isWrapperFor(Statement.class),
                  statement.isWrapperFor(Runnable.class),
                  statement.unwrap(Statement.class) == statement,
                  Attempt.of(() -> statement.unwrap(Runnable.class)));
            })
        .add(
            "where a statement comes from",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("SELECT 1");
              return List.of(
                  statement.getConnection() == connection,
                  statement.getConnection().equals(connection),
                  rows.getStatement() == statement,
                  statement.getResultSet() == rows,
                  connection.getMetaData().getConnection() == connection);
            })
        .add(
            "no results yet",
            scene -> {
              Statement statement = scene.open().createStatement();
              return Arrays.asList(
                  Attempt.of(statement::getResultSet),
                  Attempt.of(statement::getUpdateCount),
                  Attempt.of(statement::getLargeUpdateCount),
                  Attempt.of(statement::getMoreResults),
                  Attempt.of(() -> statement.execute("")),
                  Attempt.of(() -> statement.executeQuery("")));
            });
  }
}
