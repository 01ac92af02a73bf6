package io.tenantpool.it.fidelity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.copy.PGCopyInputStream;
import org.postgresql.copy.PGCopyOutputStream;
import org.postgresql.core.BaseConnection;

/** COPY through the driver's {@link CopyManager}. */
final class CopyCases implements CaseTable.Cases {

  private static final String TABLE = "CREATE TABLE t (id int, name text)";
  private static final String FILLED = "INSERT INTO t VALUES (1, 'one'), (2, NULL), (3, 'thr,ee')";
  private static final String ALL = "SELECT * FROM t ORDER BY id";

  @Override
  public void addTo(CaseTable table) {
    addCopyIn(table);
    addCopyOut(table);
    addFailures(table);
  }

  private static CopyManager copy(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private static void addCopyIn(CaseTable table) {
    table
        .add(
            "copy: in from a reader",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              long rows =
                  copy(connection).copyIn("COPY t FROM STDIN", new StringReader("1\ta\n2\t\\N\n"));
              return List.of(rows, Sql.rows(connection, ALL));
            })
        .add(
            "copy: in from a stream as CSV, rolled back",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              connection.setAutoCommit(false);
              byte[] lines = "1,a\n2,\"b,c\"\n".getBytes(UTF_8);
              long rows =
                  copy(connection)
                      .copyIn("COPY t FROM STDIN (FORMAT csv)", new ByteArrayInputStream(lines));
              String before = Sql.rows(connection, ALL);
              connection.rollback();
              return List.of(rows, before, Sql.rows(connection, ALL));
            })
        .add(
            "copy: in piece by piece",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              CopyIn in = copy(connection).copyIn("COPY t FROM STDIN");
              byte[] line = "7\tseven\n".getBytes(UTF_8);
              in.writeToCopy(line, 0, 3);
              in.writeToCopy(line, 3, line.length - 3);
              return List.of(
                  in.getFieldCount(), in.isActive(), in.endCopy(), Sql.rows(connection, ALL));
            })
        .add(
            "copy: in, cancelled half way",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              CopyIn in = copy(connection).copyIn("COPY t FROM STDIN");
              in.writeToCopy("7\tseven\n".getBytes(UTF_8), 0, 8);
              in.cancelCopy();
              return new Attempts()
                  .get(in::isActive)
                  .get(() -> Sql.rows(connection, ALL))
                  .get(in::endCopy);
            })
        .add(
            "copy: in through PGCopyOutputStream",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              try (PGCopyOutputStream out =
                  new PGCopyOutputStream((PGConnection) connection, "COPY t FROM STDIN")) {
                out.write("4\tfour\n".getBytes(UTF_8));
              }
              return Sql.rows(connection, ALL);
            });
  }

  private static void addCopyOut(CaseTable table) {
    table
        .add(
            "copy: out to a writer",
            scene -> {
              StringWriter out = new StringWriter();
              long rows =
                  copy(scene.openAfter(TABLE, FILLED))
                      .copyOut("COPY (" + ALL + ") TO STDOUT (FORMAT csv, HEADER)", out);
              return List.of(rows, out);
            })
        .add(
            "copy: out piece by piece",
            scene -> {
              CopyOut out = copy(scene.openAfter(TABLE, FILLED)).copyOut("COPY t TO STDOUT");
              Attempts attempts = new Attempts();
              for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                String line = new String(row, UTF_8);
                attempts.get(() -> line);
              }
              return attempts.get(out::isActive).get(out::getHandledRowCount);
            })
        .add(
            "copy: out through PGCopyInputStream",
            scene -> {
              Connection connection = scene.openAfter(TABLE, FILLED);
              try (PGCopyInputStream in =
                  new PGCopyInputStream((PGConnection) connection, "COPY t TO STDOUT")) {
                return new String(in.readAllBytes(), UTF_8);
              }
            })
        .add(
            "copy: binary there and back",
            scene -> {
              Connection connection = scene.openAfter(TABLE, FILLED, "CREATE TABLE u (LIKE t)");
              ByteArrayOutputStream out = new ByteArrayOutputStream();
              copy(connection).copyOut("COPY t TO STDOUT (FORMAT binary)", out);
              long rows =
                  copy(connection)
                      .copyIn(
                          "COPY u FROM STDIN (FORMAT binary)",
                          new ByteArrayInputStream(out.toByteArray()));
              return List.of(out.toByteArray(), rows, Sql.rows(connection, "SELECT * FROM u"));
            })
        .add(
            "copy: a manager made by hand",
            scene -> {
              StringWriter out = new StringWriter();
              Connection connection = scene.openAfter(TABLE, FILLED);
              new CopyManager((BaseConnection) connection).copyOut("COPY t (name) TO STDOUT", out);
              return out.toString();
            });
  }

  private static void addFailures(CaseTable table) {
    table
        .add(
            "copy: a bad line, and the connection after it",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              return new Attempts()
                  .get(() -> copy(connection).copyIn("COPY t FROM STDIN", new StringReader("x\ty")))
                  .get(() -> Sql.rows(connection, ALL))
                  .get(
                      () -> copy(connection).copyIn("COPY t FROM STDIN", new StringReader("1\ty")));
            })
        .add(
            "copy: a manager asked for what is no COPY",
            scene -> {
              Connection connection = scene.open();
              return new Attempts()
                  .get(() -> copy(connection).copyIn("SELECT 1", new StringReader("")))
                  .get(() -> copy(connection).copyOut("COPY nothing TO STDOUT", new StringWriter()))
                  .get(() -> Sql.rows(connection, "SELECT 1 AS usable"));
            })
        .add(
            "copy: through a statement",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              return new Attempts()
                  .run(() -> Sql.execute(connection, "COPY t FROM STDIN"))
                  .get(() -> Sql.rows(connection, "SELECT 1 AS usable"));
            })
        .add(
            "copy: a manager kept after close",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              CopyManager manager = copy(connection);
              connection.close();
              return manager.copyIn("COPY t FROM STDIN", new StringReader("1\ta\n"));
            })
        .add(
            "copy: a manager asked for after close",
            scene -> {
              PGConnection connection = (PGConnection) scene.open();
              ((Connection) connection).close();
              return connection.getCopyAPI();
            });
  }
}
