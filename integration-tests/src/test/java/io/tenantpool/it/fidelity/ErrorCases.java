package io.tenantpool.it.fidelity;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the server or the driver refuses, and what the connection is good for afterwards. */
final class ErrorCases implements CaseTable.Cases {

  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL)";

  @Override
  public void addTo(CaseTable table) {
    addServerErrors(table);
    addDriverErrors(table);
    addEndsOfSessions(table);
  }

  /** The statement's error, and whether the connection can be used afterwards. */
  private static FidelityCase fails(String sql) {
    return scene -> {
      Connection connection = scene.openAfter(TABLE, "INSERT INTO t VALUES (1, 'one')");
      return new Attempts()
          .run(() -> Sql.execute(connection, sql))
          .get(() -> Sql.rows(connection, "SELECT * FROM t"));
    };
  }

  private static void addServerErrors(CaseTable table) {
    table
        .add("error: syntax", fails("SELEKT 1"))
        .add("error: unique violation", fails("INSERT INTO t VALUES (1, 'again')"))
        .add("error: not null violation", fails("INSERT INTO t VALUES (2, NULL)"))
        .add("error: division by zero", fails("SELECT 1 / 0"))
        .add("error: bad cast", fails("SELECT 'x'::int"))
        .add("error: wrong table", fails("SELECT * FROM nothing"))
        .add("error: no permission", fails("CREATE ROLE other"))
        .add(
            "error: raised with a code",
            fails("DO $$BEGIN RAISE EXCEPTION 'own' USING ERRCODE = 'AB123', HINT = 'h'; END$$"))
        .add(
            "error: the driver's exception with the server's message",
            scene -> {
              Connection connection = scene.openAfter(TABLE, "INSERT INTO t VALUES (1, 'one')");
              try {
                Sql.execute(connection, "INSERT INTO t VALUES (1, 'again')");
                return "accepted";
              } catch (PSQLException e) {
                ServerErrorMessage message = e.getServerErrorMessage();
                return Arrays.asList(
                    message.getConstraint(), message.getTable(), message.getDetail());
              }
            })
        .add(
            "error: inside a transaction",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setAutoCommit(false);
              return new Attempts()
                  .run(() -> Sql.execute(connection, "INSERT INTO t VALUES (1, 'lost')"))
                  .run(() -> Sql.execute(connection, "SELECT 1 / 0"))
                  .get(() -> Sql.rows(connection, "SELECT 1"))
                  .run(connection::commit)
                  .get(() -> Sql.rows(connection, "SELECT count(*) FROM t"));
            })
        .add(
            "error: serialization failure",
            scene -> {
              Connection one = scene.openAfter(TABLE, "INSERT INTO t VALUES (1, 'one')");
              one.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
              one.setAutoCommit(false);
              Sql.rows(one, "SELECT * FROM t");
              Sql.execute(scene.open(), "UPDATE t SET name = 'two'");
              return new Attempts()
                  .run(() -> Sql.execute(one, "UPDATE t SET name = 'three'"))
                  .run(one::rollback)
                  .get(() -> Sql.rows(one, "SELECT * FROM t"));
            })
        .add(
            "error: a write in a read-only transaction",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setReadOnly(true);
              connection.setAutoCommit(false);
              return new Attempts()
                  .run(() -> Sql.execute(connection, "INSERT INTO t VALUES (1, 'x')"));
            })
        .add(
            "error: in the middle of a batch",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              Statement statement = connection.createStatement();
              for (int id : new int[] {1, 1, 2}) {
                statement.addBatch("INSERT INTO t VALUES (" + id + ", 'x')");
              }
              try {
                return statement.executeBatch();
              } catch (BatchUpdateException e) {
                return List.of(
                    e.getUpdateCounts(), Description.of(e), Sql.rows(connection, "TABLE t"));
              }
            });
  }

  private static void addDriverErrors(CaseTable table) {
    table
        .add(
            "error: columns that are not there, rows that are not there",
            scene -> {
              ResultSet rows = scene.open().createStatement().executeQuery("SELECT 'x' AS a");
              return new Attempts()
                  .get(() -> rows.getString(1))
                  .get(rows::next)
                  .get(() -> rows.getString(2))
                  .get(() -> rows.getString("b"))
                  .get(() -> rows.getInt(1))
                  .get(() -> rows.getObject(1, Thread.class))
                  .get(rows::previous)
                  .run(() -> rows.updateString(1, "y"));
            })
        .add(
            "error: parameters, too few, too many, of the wrong type",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::int + ?");
              return new Attempts()
                  .run(() -> statement.setInt(3, 1))
                  .run(() -> statement.setInt(0, 1))
                  .run(() -> statement.setInt(1, 1))
                  .get(statement::executeQuery)
                  .run(() -> statement.setObject(2, new Thread()))
                  .run(() -> statement.setObject(2, "x", Types.INTEGER))
                  .run(() -> statement.setNull(2, Types.INTEGER))
                  .get(statement::executeQuery);
            })
        .add(
            "error: the wrong way to execute",
            scene -> {
              Statement statement = scene.openAfter(TABLE).createStatement();
              return new Attempts()
                  .get(() -> statement.executeQuery("INSERT INTO t VALUES (1, 'x')"))
                  .get(() -> statement.executeUpdate("SELECT 1"))
                  .get(() -> statement.executeQuery(""))
                  .get(() -> statement.execute(null));
            })
        .add(
            "error: transactions that are not there",
            scene -> {
              Connection connection = scene.open();
              return new Attempts()
                  .run(connection::commit)
                  .run(connection::rollback)
                  .get(connection::setSavepoint)
                  .run(() -> connection.setTransactionIsolation(77))
                  .run(() -> connection.setHoldability(99));
            })
        .add(
            "error: is of the driver's class",
            scene -> {
              try {
                Sql.execute(scene.open(), "nonsense");
                return "accepted";
              } catch (SQLException e) {
                return e.getClass();
              }
            });
  }

  private static void addEndsOfSessions(CaseTable table) {
    table
        .add(
            "error: the server ends the session",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              return new Attempts()
                  .run(() -> statement.execute("SELECT pg_terminate_backend(pg_backend_pid())"))
                  .get(connection::isClosed)
                  .get(() -> connection.isValid(1))
                  .get(() -> statement.executeQuery("SELECT 1"))
                  .get(connection::createStatement)
                  .run(statement::close)
                  .run(connection::close)
                  .get(() -> Sql.rows(scene.open(), "SELECT 'a new one' AS works"));
            })
        .add(
            "error: the server ends the session in a transaction",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setAutoCommit(false);
              return new Attempts()
                  .run(() -> Sql.execute(connection, "INSERT INTO t VALUES (1, 'x')"))
                  .run(
                      () ->
                          Sql.execute(connection, "SELECT pg_terminate_backend(pg_backend_pid())"))
                  .run(connection::commit)
                  .run(connection::rollback)
                  .get(() -> Sql.rows(scene.open(), "SELECT count(*) FROM t"));
            })
        .add(
            "error: another session ends this one while it is idle",
            scene -> {
              Connection connection = scene.open();
              int pid = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
              Sql.rows(scene.open(), "SELECT pg_terminate_backend(" + pid + ", 5000)");
              return new Attempts()
                  .get(connection::isClosed)
                  .get(() -> Sql.rows(connection, "SELECT 1"))
                  .get(connection::isClosed)
                  .get(() -> Sql.rows(connection, "SELECT 1"));
            });
  }
}
