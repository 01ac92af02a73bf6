package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/** Calls that are ended from outside: by another thread, or by the clock. */
final class CancelCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    addCancels(table);
    addTimeouts(table);
    addAborts(table);
  }

  private static void addCancels(CaseTable table) {
    table
        .add(
            "cancel: from another thread",
            scene -> {
              Connection connection = scene.open();
              Sleeper sleeper = Sleeper.on(connection, scene.open());
              sleeper.statement().cancel();
              return List.of(sleeper.outcome(), Sql.rows(connection, "SELECT 1 AS usable"));
            })
        .add(
            "cancel: PGConnection.cancelQuery",
            scene -> {
              Connection connection = scene.open();
              Sleeper sleeper = Sleeper.on(connection, scene.open());
              ((PGConnection) connection).cancelQuery();
              return List.of(sleeper.outcome(), Sql.rows(connection, "SELECT 1 AS usable"));
            })
        .add(
            "cancel: inside a transaction",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Sleeper sleeper = Sleeper.on(connection, scene.open());
              sleeper.statement().cancel();
              return new Attempts()
                  .get(sleeper::outcome)
                  .get(() -> Sql.rows(connection, "SELECT 1"))
                  .run(connection::rollback)
                  .get(() -> Sql.rows(connection, "SELECT 1 AS usable"));
            })
        .add(
            "cancel: nothing is running",
            scene -> {
              Statement statement = scene.open().createStatement();
              return new Attempts()
                  .run(statement::cancel)
                  .get(() -> statement.executeQuery("SELECT 1 AS usable"))
                  .run(statement::close)
                  .run(statement::cancel);
            });
  }

  private static void addTimeouts(CaseTable table) {
    table
        .add(
            "timeout: of a query",
            scene -> {
              Connection connection = scene.open();
              PreparedStatement statement = connection.prepareStatement("SELECT pg_sleep(20)");
              statement.setQueryTimeout(1);
              return new Attempts()
                  .get(statement::executeQuery)
                  .get(statement::getQueryTimeout)
                  .get(() -> Sql.rows(connection, "SELECT 1 AS usable"));
            })
        .add(
            "timeout: of a query, negative",
            scene -> {
              Statement statement = scene.open().createStatement();
              return new Attempts()
                  .run(() -> statement.setQueryTimeout(-1))
                  .get(statement::getQueryTimeout);
            })
        .add(
            "timeout: of the network",
            scene -> {
              Connection connection = scene.open();
              connection.setNetworkTimeout(Runnable::run, 300);
              return new Attempts()
                  .get(connection::getNetworkTimeout)
                  .get(() -> Sql.rows(connection, "SELECT pg_sleep(20)"))
                  .get(connection::isClosed)
                  .get(() -> Sql.rows(connection, "SELECT 1"))
                  .get(() -> connection.isValid(1))
                  .run(connection::close);
            })
        .add(
            "timeout: of the network, values",
            scene -> {
              Connection connection = scene.open();
              return new Attempts()
                  .get(connection::getNetworkTimeout)
                  .run(() -> connection.setNetworkTimeout(Runnable::run, -1))
                  .run(() -> connection.setNetworkTimeout(null, 5_000))
                  .get(connection::getNetworkTimeout)
                  .get(() -> scene.open("&socketTimeout=7").getNetworkTimeout());
            })
        .add(
            "timeout: of the server's statement",
            scene -> {
              Connection connection = scene.openAfter("SET statement_timeout = 200");
              return new Attempts()
                  .get(() -> Sql.rows(connection, "SELECT pg_sleep(20)"))
                  .get(() -> Sql.rows(connection, "SELECT 1 AS usable"));
            })
        .add(
            "timeout: of a lock",
            scene -> {
              Connection holder = scene.openAfter("CREATE TABLE t (id int)");
              holder.setAutoCommit(false);
              Sql.execute(holder, "LOCK TABLE t");
              Connection other = scene.openAfter("SET lock_timeout = 200");
              return new Attempts().get(() -> Sql.rows(other, "SELECT * FROM t"));
            });
  }

  private static void addAborts(CaseTable table) {
    table
        .add(
            "abort: while idle, twice, then use",
            scene -> {
              Connection connection = scene.open();
              return new Attempts()
                  .run(() -> connection.abort(Runnable::run))
                  .run(() -> connection.abort(Runnable::run))
                  .get(connection::isClosed)
                  .get(() -> connection.isValid(1))
                  .get(connection::createStatement)
                  .run(connection::close);
            })
        .add(
            "abort: without an executor",
            scene -> {
              Connection connection = scene.open();
              return new Attempts().run(() -> connection.abort(null)).get(connection::isClosed);
            })
        .add(
            "abort: while another thread is in a call",
            scene -> {
              Connection connection = scene.open();
              Sleeper sleeper = Sleeper.on(connection, scene.open());
              connection.abort(Runnable::run);
              return List.of(sleeper.outcome(), connection.isClosed());
            })
        .add(
            "close: while another thread is in a call",
            scene -> {
              Connection connection = scene.open();
              Sleeper sleeper = Sleeper.on(connection, scene.open());
              connection.close();
              return List.of(sleeper.outcome(), connection.isClosed());
            })
        .add(
            "isValid: of a live connection, and with a negative timeout",
            scene -> {
              Connection connection = scene.open();
              return new Attempts()
                  .get(() -> connection.isValid(2))
                  .get(() -> connection.isValid(0))
                  .get(() -> connection.isValid(-1));
            });
  }
}
