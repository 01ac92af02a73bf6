package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.PGStatement;
import org.postgresql.geometric.PGpoint;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.util.PGobject;

/** What pgjdbc offers beyond JDBC. */
final class VendorCases implements CaseTable.Cases {

  /** A type of the application's own. */
  public static final class Shout extends PGobject {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable String getValue() {
      return value == null ? null : value + "!";
    }
  }

  @Override
  public void addTo(CaseTable table) {
    addConnectionCases(table);
    addTypeCases(table);
    addStatementCases(table);
  }

  private static PGConnection vendor(Scene scene) throws SQLException {
    return (PGConnection) scene.open();
  }

  private static void addConnectionCases(CaseTable table) {
    table
        .add(
            "vendor: defaults through a cast",
            scene -> {
              PGConnection pg = vendor(scene);
              return List.of(
                  pg.getPrepareThreshold(),
                  pg.getDefaultFetchSize(),
                  pg.getAutosave(),
                  pg.getPreferQueryMode(),
                  pg.getAdaptiveFetch());
            })
        .add(
            "vendor: unwrap to PGConnection gives the same object",
            scene -> {
              Connection connection = scene.open("&prepareThreshold=3");
              PGConnection pg = connection.unwrap(PGConnection.class);
              return List.of(pg == connection, pg.getPrepareThreshold());
            })
        .add(
            "vendor: settings reach later statements",
            scene -> {
              Connection connection = scene.open();
              PGConnection pg = (PGConnection) connection;
              pg.setPrepareThreshold(2);
              pg.setDefaultFetchSize(7);
              PreparedStatement statement = connection.prepareStatement("SELECT 1");
              return List.of(
                  ((PGStatement) statement).getPrepareThreshold(),
                  statement.getFetchSize(),
                  connection.createStatement().getFetchSize());
            })
        .add(
            "vendor: a negative default fetch size",
            scene -> {
              vendor(scene).setDefaultFetchSize(-1);
              return "accepted";
            })
        .add(
            "vendor: escaping",
            scene -> {
              PGConnection pg = vendor(scene);
              return new Attempts()
                  .get(() -> pg.escapeLiteral("it's \\ a"))
                  .get(() -> pg.escapeIdentifier("a\"b"))
                  .get(() -> pg.escapeLiteral("a\0b"));
            })
        .add(
            "vendor: autosave lets a transaction go on after an error",
            scene -> {
              Connection connection = scene.open();
              ((PGConnection) connection).setAutosave(AutoSave.ALWAYS);
              connection.setAutoCommit(false);
              return new Attempts()
                  .get(() -> Sql.rows(connection, "SELECT 1 AS before"))
                  .get(() -> Sql.rows(connection, "SELECT nothing"))
                  .get(() -> Sql.rows(connection, "SELECT 2 AS after"));
            })
        .add(
            "vendor: parameter statuses",
            scene -> {
              PGConnection pg = vendor(scene);
              return new Attempts()
                  .get(() -> pg.getParameterStatus("client_encoding"))
                  .get(() -> pg.getParameterStatus("CLIENT_ENCODING"))
                  .get(() -> pg.getParameterStatus("no_such"))
                  .get(() -> pg.getParameterStatuses())
                  .get(() -> pg.getParameterStatuses().put("a", "b"));
            })
        .add(
            "vendor: a parameter status follows SET",
            scene -> {
              Connection connection = scene.openAfter("SET application_name = 'seen'");
              return ((PGConnection) connection).getParameterStatus("application_name");
            })
        .add(
            "vendor: the process id is the server's",
            scene -> {
              Connection connection = scene.open();
              int pid = ((PGConnection) connection).getBackendPID();
              return Sql.rows(connection, "SELECT pg_backend_pid() = " + pid + " AS same");
            })
        .add(
            "vendor: alterUserPassword wipes what it was given",
            scene -> {
              Connection connection = scene.open();
              String user = connection.getMetaData().getUserName();
              char[] password = "secret".toCharArray();
              ((PGConnection) connection).alterUserPassword(user, password, null);
              return List.of(
                  password[0] == 's', Sql.rows(scene.open(), "SELECT 'let in' AS again"));
            })
        .add(
            "vendor: a replication slot needs a replication connection",
            scene ->
                vendor(scene)
                    .getReplicationAPI()
                    .createReplicationSlot()
                    .logical()
                    .withSlotName("fidelity")
                    .withOutputPlugin("test_decoding")
                    .make());
  }

  private static void addTypeCases(CaseTable table) {
    table
        .add(
            "vendor: addDataType",
            scene -> {
              Connection connection = scene.openAfter("CREATE TYPE mood AS ENUM ('sad', 'happy')");
              ((PGConnection) connection).addDataType("mood", Shout.class);
              try (Statement statement = connection.createStatement();
                  ResultSet rows = statement.executeQuery("SELECT 'happy'::fidelity.mood")) {
                rows.next();
                return List.of(rows.getObject(1).getClass(), rows.getObject(1).toString());
              }
            })
        .add(
            "vendor: createArrayOf of primitives",
            scene -> {
              Connection connection = scene.open();
              PreparedStatement statement = connection.prepareStatement("SELECT ?::int[] AS a");
              statement.setArray(
                  1, ((PGConnection) connection).createArrayOf("int4", new int[] {3, 1, 2}));
              return statement.executeQuery();
            })
        .add(
            "vendor: createArrayOf of an unknown type",
            scene -> ((PGConnection) scene.open()).createArrayOf("nonsense", new int[] {1}))
        .add(
            "vendor: a point there and back",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ? AS p");
              statement.setObject(1, new PGpoint(1.5, -2));
              ResultSet rows = statement.executeQuery();
              rows.next();
              return Arrays.asList(rows.getObject(1), rows.getObject(1, PGpoint.class).x);
            })
        .add(
            "vendor: a PGobject of type jsonb",
            scene -> {
              PGobject json = new PGobject();
              json.setType("jsonb");
              json.setValue("{\"a\": [1,  2]}");
              PreparedStatement statement = scene.open().prepareStatement("SELECT ? AS j");
              statement.setObject(1, json);
              return statement.executeQuery();
            });
  }

  private static void addStatementCases(CaseTable table) {
    table
        .add(
            "vendor: a statement is prepared on the server at the threshold",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::int");
              PGStatement pg = statement.unwrap(PGStatement.class);
              pg.setPrepareThreshold(2);
              Attempts attempts = new Attempts();
              for (int i = 0; i < 3; i++) {
                statement.setInt(1, i);
                statement.executeQuery().close();
                attempts.get(pg::isUseServerPrepare);
              }
              return attempts;
            })
        .add(
            "vendor: PGStatement through a cast",
            scene -> {
              PGStatement pg = (PGStatement) scene.open().createStatement();
              return new Attempts()
                  .get(pg::getPrepareThreshold)
                  .get(pg::getLastOID)
                  .get(pg::getAdaptiveFetch)
                  .run(() -> pg.setPrepareThreshold(-1));
            })
        .add(
            "vendor: PGResultSetMetaData names the column behind an alias",
            scene -> {
              Connection connection = scene.openAfter("CREATE TABLE t (id int, name text)");
              ResultSet rows =
                  connection.createStatement().executeQuery("SELECT name AS alias FROM t");
              PGResultSetMetaData meta = (PGResultSetMetaData) rows.getMetaData();
              return List.of(
                  meta.getBaseColumnName(1), meta.getBaseTableName(1), meta.getFormat(1));
            })
        .add(
            "vendor: the driver that answers",
            scene -> {
              scene.open();
              return List.of(Driver.getVersion().isEmpty(), new Driver().acceptsURL(scene.url()));
            });
  }
}
