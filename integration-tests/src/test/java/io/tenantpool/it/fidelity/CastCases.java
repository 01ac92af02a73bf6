package io.tenantpool.it.fidelity;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.postgresql.jdbc.PgArray;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgDatabaseMetaData;
import org.postgresql.jdbc.PgParameterMetaData;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.PgResultSetMetaData;
import org.postgresql.jdbc.PgStatement;

/** Casts to the driver's classes, and what only these have. */
final class CastCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    addCasts(table);
    addCalls(table);
  }

  private static void addCasts(CaseTable table) {
    table
        .add("cast: a connection", scene -> scene.open() instanceof PgConnection)
        .add(
            "cast: statements",
            scene -> {
              Connection connection = scene.open();
              Statement plain = connection.createStatement();
              PreparedStatement prepared = connection.prepareStatement("SELECT ?::int");
              CallableStatement callable = connection.prepareCall("SELECT 1");
              return List.of(
                  plain instanceof PgStatement,
                  prepared instanceof PgStatement,
                  callable instanceof PgStatement,
                  prepared.getParameterMetaData() instanceof PgParameterMetaData);
            })
        .add(
            "cast: results",
            scene -> {
              Connection connection = scene.open();
              ResultSet rows = connection.createStatement().executeQuery("SELECT ARRAY[1, 2]");
              return List.of(
                  rows instanceof PgResultSet,
                  rows.getMetaData() instanceof PgResultSetMetaData,
                  rows.next(),
                  rows.getArray(1) instanceof PgArray,
                  connection.getMetaData() instanceof PgDatabaseMetaData);
            });
  }

  private static void addCalls(CaseTable table) {
    table
        .add(
            "cast: methods that are final in the driver",
            scene -> {
              PgConnection connection = (PgConnection) scene.open();
              PgStatement statement = (PgStatement) connection.createStatement();
              ResultSet rows = statement.executeQuery("SELECT 1");
              statement.close();
              return List.of(
                  String.valueOf(connection.getParameterStatus("server_encoding")),
                  connection.getParameterStatuses().containsKey("server_encoding"),
                  statement.isClosed(),
                  rows.isClosed());
            })
        .add(
            "cast: methods that the driver's classes alone have",
            scene -> {
              PgConnection connection = (PgConnection) scene.open();
              ResultSet rows = connection.createStatement().executeQuery("SELECT 1.5, ARRAY[1, 2]");
              PgResultSet driverRows = (PgResultSet) rows;
              return new Attempts()
                  .get(connection::getDBVersionNumber)
                  .get(connection::getUserName)
                  .get(connection::getServerMajorVersion)
                  .get(rows::next)
                  .get(() -> driverRows.getFixedString(1))
                  .get(() -> driverRows.getColumnOID(2))
                  .get(() -> ((PgArray) rows.getArray(2)).isBinary());
            })
        .add(
            "cast: a class of the driver made for a connection",
            scene -> {
              PgDatabaseMetaData metaData = new PgDatabaseMetaData((PgConnection) scene.open());
              try (ResultSet tables = metaData.getTables(null, "pg_catalog", "pg_class", null)) {
                return List.of(tables.next(), tables.getString("TABLE_NAME"));
              }
            })
        .add(
            "cast: a connection after its close",
            scene -> {
              PgConnection connection = (PgConnection) scene.open();
              connection.close();
              return new Attempts()
                  .get(connection::isClosed)
                  .get(() -> Sql.rows(connection, "SELECT 1"))
                  .run(connection::close);
            });
  }
}
