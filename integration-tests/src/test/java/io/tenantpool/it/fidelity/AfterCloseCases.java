package io.tenantpool.it.fidelity;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;

/** A connection, and what was made from it, used after its close. */
final class AfterCloseCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    addConnectionCases(table);
    addChildrenOfClosedConnections(table);
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
}
