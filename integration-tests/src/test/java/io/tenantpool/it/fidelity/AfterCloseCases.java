package io.tenantpool.it.fidelity;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.postgresql.PGConnection;

/** Every kind of object, used after it or its connection was closed. */
final class AfterCloseCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    addConnectionCases(table);
    addStatementCases(table);
    addChildrenOfClosedConnections(table);
    addOtherCases(table);
  }

  private static Connection closed(Scene scene) throws Exception {
    Connection connection = scene.open();
    connection.close();
    return connection;
  }

  private static void addConnectionCases(CaseTable table) {
    table
        .add(
            "closed connection: makes nothing",
            scene -> {
              Connection connection = closed(scene);
              return new Attempts()
                  .get(connection::createStatement)
                  .get(() -> connection.prepareStatement("SELECT 1"))
                  .get(() -> connection.prepareCall("{call f()}"))
                  .get(connection::getMetaData)
                  .get(() -> connection.createArrayOf("int4", new Object[] {1}))
                  .get(connection::createSQLXML)
                  .get(() -> connection.setSavepoint("s"));
            })
        .add(
            "closed connection: its transaction",
            scene -> {
              Connection connection = closed(scene);
              return new Attempts()
                  .run(connection::commit)
                  .run(connection::rollback)
                  .get(connection::getAutoCommit)
                  .run(() -> connection.setAutoCommit(false))
                  .get(connection::getTransactionIsolation)
                  .run(() -> connection.setReadOnly(true));
            })
        .add(
            "closed connection: its properties",
            scene -> {
              Connection connection = closed(scene);
              return new Attempts()
                  .get(connection::getCatalog)
                  .get(connection::getSchema)
                  .get(connection::getHoldability)
                  .get(connection::getNetworkTimeout)
                  .get(connection::getTypeMap)
                  .get(connection::getWarnings)
                  .run(connection::clearWarnings)
                  .get(() -> connection.getClientInfo("ApplicationName"))
                  .get(() -> connection.nativeSQL("{fn now()}"));
            })
        .add(
            "closed connection: setClientInfo",
            scene -> {
              Connection connection = closed(scene);
              Properties info = new Properties();
              info.setProperty("ApplicationName", "x");
              return new Attempts()
                  .run(() -> connection.setClientInfo("ApplicationName", "x"))
                  .run(() -> connection.setClientInfo(info));
            })
        .add(
            "closed connection: isClosed, isValid, close, abort",
            scene -> {
              Connection connection = closed(scene);
              return new Attempts()
                  .get(connection::isClosed)
                  .get(() -> connection.isValid(1))
                  .get(() -> connection.isValid(-1))
                  .run(connection::close)
                  .run(() -> connection.abort(Runnable::run));
            })
        .add(
            "closed connection: unwrap",
            scene -> {
              Connection connection = closed(scene);
              return new Attempts()
                  .get(() -> connection.isWrapperFor(PGConnection.class))
                  .get(() -> connection.unwrap(PGConnection.class) == connection)
                  .get(() -> connection.unwrap(String.class));
            })
        .add(
            "closed connection: vendor calls that throw SQLException",
            scene -> {
              PGConnection pg = (PGConnection) closed(scene);
              return new Attempts()
                  .get(() -> pg.getFastpathAPI())
                  .get(pg::getLargeObjectAPI)
                  .get(() -> pg.getNotifications(10))
                  .run(pg::cancelQuery);
            })
        .add(
            "closed connection: vendor getters that cannot throw SQLException",
            scene -> ((PGConnection) closed(scene)).getPrepareThreshold())
        .add(
            "closed connection: a transaction left open is rolled back",
            scene -> {
              Connection connection = scene.openAfter("CREATE TABLE t (id int)");
              connection.setAutoCommit(false);
              Sql.execute(connection, "INSERT INTO t VALUES (1)");
              connection.close();
              return Sql.rows(scene.open(), "SELECT count(*) FROM t");
            });
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
                  .get(statement::getParameterMetaData);
            })
        .add(
            "closed callable statement",
            scene -> {
              CallableStatement statement = scene.open().prepareCall("{? = call abs(?)}");
              statement.close();
              return new Attempts()
                  .run(() -> statement.registerOutParameter(1, java.sql.Types.INTEGER))
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

  private static void addChildrenOfClosedConnections(CaseTable table) {
    table
        .add(
            "after close: a statement's isClosed and executions",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              connection.close();
              return new Attempts()
                  .get(statement::isClosed)
                  .get(() -> statement.executeQuery("SELECT 1"))
                  .get(() -> statement.executeUpdate("SELECT 1"))
                  .run(() -> statement.addBatch("SELECT 1"))
                  .run(statement::cancel)
                  .get(() -> statement.getConnection() == connection)
                  .run(statement::close)
                  .get(statement::isClosed)
                  .get(() -> statement.executeQuery("SELECT 1"));
            })
        .add(
            "after close: a prepared statement",
            scene -> {
              Connection connection = scene.open();
              PreparedStatement statement = connection.prepareStatement("SELECT ?::int");
              statement.setInt(1, 4);
              connection.close();
              return new Attempts()
                  .get(statement::isClosed)
                  .run(() -> statement.setInt(1, 5))
                  .get(statement::executeQuery)
                  .run(statement::close);
            })
        .add(
            "after close: a statement's properties",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              statement.setFetchSize(3);
              connection.close();
              return new Attempts().get(statement::getFetchSize).get(statement::getMaxRows);
            })
        .add(
            "after close: an empty batch",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              connection.close();
              return statement.executeBatch();
            })
        .add(
            "after close: rows that were fetched",
            scene -> {
              Connection connection = scene.open();
              ResultSet rows = connection.createStatement().executeQuery("SELECT 6");
              connection.close();
              return new Attempts().get(rows::isClosed).get(rows::next).get(() -> rows.getInt(1));
            })
        .add(
            "after close: rows that were not fetched",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Statement statement = connection.createStatement();
              statement.setFetchSize(1);
              ResultSet rows = statement.executeQuery("SELECT generate_series(1, 9)");
              rows.next();
              connection.close();
              return new Attempts()
                  .run(
                      () -> {
                        while (rows.next()) {
                          rows.getInt(1);
                        }
                      })
                  .run(rows::close);
            })
        .add(
            "after close: database metadata that asks the server",
            scene -> {
              Connection connection = scene.open();
              DatabaseMetaData meta = connection.getMetaData();
              connection.close();
              return new Attempts()
                  .get(() -> meta.getTables(null, null, "t", null))
                  .get(() -> meta.getConnection() == connection);
            })
        .add(
            "after close: database metadata that knows by itself",
            scene -> {
              Connection connection = scene.open();
              DatabaseMetaData meta = connection.getMetaData();
              connection.close();
              return meta.supportsSavepoints();
            })
        .add(
            "after close: an array",
            scene -> {
              Connection connection = scene.open();
              Array array = connection.createArrayOf("int4", new Object[] {1, 2});
              connection.close();
              return array.getArray();
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
