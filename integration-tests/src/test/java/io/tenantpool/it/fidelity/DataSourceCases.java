package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGPoolingDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;

/** The driver's DataSources, but for XA. */
final class DataSourceCases implements CaseTable.Cases {

  private static final String WHO = "SELECT current_user AS who, current_schema() AS at";

  @Override
  public void addTo(CaseTable table) {
    addSimple(table);
    addPooled(table);
    addPooling(table);
  }

  private static <S extends BaseDataSource> S of(Scene scene, S source) {
    source.setUrl(scene.url());
    return source;
  }

  private static String who(Connection connection) throws SQLException {
    try (connection) {
      return Sql.rows(connection, WHO);
    }
  }

  private static void addSimple(CaseTable table) {
    table
        .add(
            "PGSimpleDataSource: connections",
            scene -> {
              PGSimpleDataSource source = of(scene, new PGSimpleDataSource());
              return new Attempts()
                  .get(() -> who(source.getConnection()))
                  .get(() -> who(source.getConnection(source.getUser(), "secret")))
                  .get(() -> who(source.getConnection(source.getUser(), "wrong")))
                  .get(() -> who(source.getConnection("nobody_at_all", "secret")));
            })
        .add(
            "PGSimpleDataSource: properties by setter",
            scene -> {
              PGSimpleDataSource source = of(scene, new PGSimpleDataSource());
              source.setApplicationName("by setter");
              source.setPrepareThreshold(2);
              source.setReadOnly(true);
              try (Connection connection = source.getConnection()) {
                return List.of(
                    connection.getClientInfo("ApplicationName"),
                    connection.unwrap(PGConnection.class).getPrepareThreshold(),
                    connection.isReadOnly());
              }
            })
        .add(
            "PGSimpleDataSource: wrapper and login timeout",
            scene -> {
              PGSimpleDataSource source = of(scene, new PGSimpleDataSource());
              source.setLoginTimeout(9);
              return new Attempts()
                  .get(source::getLoginTimeout)
                  .get(() -> source.isWrapperFor(DataSource.class))
                  .get(() -> source.isWrapperFor(Connection.class))
                  .get(() -> source.unwrap(Connection.class))
                  .get(() -> who(source.getConnection()));
            })
        .add(
            "PGSimpleDataSource: unknown database",
            scene -> {
              PGSimpleDataSource source = of(scene, new PGSimpleDataSource());
              source.setDatabaseName("no_such_database");
              return source.getConnection();
            });
  }

  private static void addPooled(CaseTable table) {
    table
        .add(
            "PGConnectionPoolDataSource: a handle after another",
            scene -> {
              PooledConnection pooled = pooled(scene);
              Connection first = pooled.getConnection();
              Connection second = pooled.getConnection();
              Attempts attempts =
                  new Attempts()
                      .get(first::isClosed)
                      .get(() -> Sql.rows(first, WHO))
                      .get(() -> Sql.rows(second, WHO))
                      .run(second::close)
                      .get(second::isClosed)
                      .get(() -> who(pooled.getConnection()));
              pooled.close();
              return attempts.get(pooled::getConnection);
            })
        .add(
            "PGConnectionPoolDataSource: events",
            scene -> {
              PooledConnection pooled = pooled(scene);
              List<String> events = new ArrayList<>();
              pooled.addConnectionEventListener(new Listener(events));
              pooled.getConnection().close();
              Connection broken = pooled.getConnection();
              Attempts attempts =
                  new Attempts()
                      .run(() -> Sql.execute(broken, "SELECT 1 / 0"))
                      .run(
                          () ->
                              Sql.execute(broken, "SELECT pg_terminate_backend(pg_backend_pid())"))
                      .run(broken::close)
                      .run(pooled::close);
              return List.of(events, attempts);
            })
        .add(
            "PGConnectionPoolDataSource: a handle closed in a transaction",
            scene -> {
              scene.openAfter("CREATE TABLE t (id int)");
              PooledConnection pooled = pooled(scene);
              Connection handle = pooled.getConnection();
              handle.setAutoCommit(false);
              Sql.execute(handle, "INSERT INTO t VALUES (1)");
              handle.close();
              Connection next = pooled.getConnection();
              List<Object> after =
                  List.of(next.getAutoCommit(), Sql.rows(next, "SELECT count(*) FROM t"));
              pooled.close();
              return after;
            })
        .add(
            "PGConnectionPoolDataSource: what a handle unwraps to",
            scene -> {
              PooledConnection pooled = pooled(scene);
              Connection handle = pooled.getConnection();
              Attempts attempts =
                  new Attempts()
                      .get(() -> handle instanceof PGConnection)
                      .get(() -> handle.unwrap(PGConnection.class).getDefaultFetchSize())
                      .get(() -> handle.createStatement().getConnection() == handle)
                      .get(() -> handle.prepareStatement("SELECT 1").executeQuery())
                      .get(() -> handle.prepareCall("{? = call abs(1)}").isClosed());
              pooled.close();
              return attempts;
            })
        .add(
            "PGConnectionPoolDataSource: wrong password",
            scene -> {
              PGConnectionPoolDataSource source = of(scene, new PGConnectionPoolDataSource());
              return source.getPooledConnection(source.getUser(), "wrong");
            });
  }

  private static PooledConnection pooled(Scene scene) throws SQLException {
    return of(scene, new PGConnectionPoolDataSource()).getPooledConnection();
  }

  /** Writes down what a pool is told. */
  private record Listener(List<String> events) implements ConnectionEventListener {
    @Override
    public void connectionClosed(ConnectionEvent event) {
      events.add("closed");
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      events.add("error " + Description.of(event.getSQLException()));
    }
  }

  @SuppressWarnings("deprecation")
  private static void addPooling(CaseTable table) {
    table
        .add(
            "PGPoolingDataSource: gives the same session again",
            scene -> {
              PGPoolingDataSource source = of(scene, new PGPoolingDataSource());
              source.setDataSourceName("fidelity again");
              source.setMaxConnections(1);
              try (Connection connection = source.getConnection()) {
                Sql.execute(connection, "CREATE TEMP TABLE mine AS SELECT 1 AS one");
              }
              try (Connection connection = source.getConnection()) {
                return Sql.rows(connection, "SELECT * FROM mine");
              } finally {
                source.close();
              }
            })
        .add(
            "PGPoolingDataSource: closed, and another user",
            scene -> {
              PGPoolingDataSource source = of(scene, new PGPoolingDataSource());
              source.setDataSourceName("fidelity closed");
              Attempts attempts =
                  new Attempts()
                      .get(() -> who(source.getConnection()))
                      .get(() -> source.getConnection("nobody_at_all", "x"));
              source.close();
              return attempts.get(source::getConnection);
            });
  }
}
