package io.tenantpool.it.fidelity;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.PgStatement;

/** {@link Wrapper}, and casts to interfaces. */
final class UnwrapCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    addConnectionCases(table);
    addOtherCases(table);
  }

  /** For each type whether it is wrapped, and whether unwrapping gives one. */
  private static Attempts wrapped(Wrapper wrapper, Class<?>... types) {
    Attempts attempts = new Attempts();
    for (Class<?> type : types) {
      attempts
          .get(() -> type.getSimpleName() + wrapper.isWrapperFor(type))
          .get(() -> type.isInstance(wrapper.unwrap(type)));
    }
    return attempts;
  }

  private static void addConnectionCases(CaseTable table) {
    table
        .add(
            "unwrap: a connection to interfaces",
            scene ->
                wrapped(
                    scene.open(),
                    Connection.class,
                    PGConnection.class,
                    BaseConnection.class,
                    AutoCloseable.class,
                    Wrapper.class))
        .add(
            "unwrap: a connection to classes",
            scene -> wrapped(scene.open(), PgConnection.class, Object.class))
        .add(
            "unwrap: a connection to what it is not",
            scene -> wrapped(scene.open(), String.class, Statement.class, PGStatement.class))
        .add(
            "unwrap: a connection to null",
            scene -> {
              Connection connection = scene.open();
              return new Attempts()
                  .get(() -> connection.isWrapperFor(null))
                  .get(() -> connection.unwrap(null));
            })
        .add(
            "unwrap: the driver's connection works and is closed with its wrapper",
            scene -> {
              Connection connection = scene.openAfter("CREATE TEMP TABLE mine AS SELECT 1 AS one");
              PgConnection inner = connection.unwrap(PgConnection.class);
              String before = Sql.rows(inner, "SELECT * FROM mine");
              connection.close();
              return new Attempts()
                  .get(() -> before)
                  .get(inner::isClosed)
                  .get(() -> Sql.rows(inner, "SELECT 1"));
            })
        .add(
            "unwrap: the driver's connection closed first",
            scene -> {
              Connection connection = scene.open();
              connection.unwrap(PgConnection.class).close();
              return new Attempts()
                  .get(connection::isClosed)
                  .get(() -> Sql.rows(connection, "SELECT 1"))
                  .run(connection::close);
            })
        .add(
            "unwrap: casts of a connection to interfaces",
            scene -> {
              Connection connection = scene.open();
              return List.of(
                  connection instanceof PGConnection,
                  connection instanceof BaseConnection,
                  ((BaseConnection) connection).getCatalog());
            })
        .add(
            "unwrap: BaseConnection's queries",
            scene -> {
              BaseConnection base = scene.open().unwrap(BaseConnection.class);
              return new Attempts()
                  .get(() -> base.execSQLQuery("SELECT 5 AS five"))
                  .get(() -> base.escapeString("it's"))
                  .get(() -> base.haveMinimumServerVersion(90_000))
                  .get(base::getTransactionState)
                  .get(base::getStandardConformingStrings);
            });
  }

  private static void addOtherCases(CaseTable table) {
    table
        .add(
            "unwrap: a statement",
            scene ->
                wrapped(
                    scene.open().createStatement(),
                    Statement.class,
                    PGStatement.class,
                    BaseStatement.class,
                    PgStatement.class,
                    PreparedStatement.class))
        .add(
            "unwrap: a prepared statement",
            scene ->
                wrapped(
                    scene.open().prepareStatement("SELECT 1"),
                    PreparedStatement.class,
                    PGStatement.class,
                    PgStatement.class,
                    CallableStatement.class))
        .add(
            "unwrap: a result set",
            scene ->
                wrapped(
                    scene.open().createStatement().executeQuery("SELECT 1"),
                    ResultSet.class,
                    PgResultSet.class,
                    Statement.class))
        .add(
            "unwrap: the driver's result set reads",
            scene -> {
              ResultSet rows = scene.open().createStatement().executeQuery("SELECT 9 AS n");
              return List.of(rows.next(), rows.unwrap(PgResultSet.class).getInt("n"));
            })
        .add(
            "unwrap: metadata",
            scene -> {
              Connection connection = scene.open();
              ResultSet rows = connection.createStatement().executeQuery("SELECT 1");
              return List.of(
                  wrapped(connection.getMetaData(), DatabaseMetaData.class, Connection.class),
                  wrapped(rows.getMetaData(), PGResultSetMetaData.class, ResultSet.class));
            })
        .add(
            "unwrap: everything leads back to the one connection",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("SELECT 1");
              return List.of(
                  statement.getConnection() == connection,
                  rows.getStatement() == statement,
                  rows.getStatement().getConnection() == connection,
                  connection.getMetaData().getConnection() == connection);
            })
        .add(
            "unwrap: equal to itself alone",
            scene -> {
              Connection one = scene.open();
              Connection other = scene.open();
              return List.of(
                  one.equals(one.unwrap(Connection.class)),
                  one.equals(other),
                  Set.of(one, other).contains(one));
            });
  }
}
