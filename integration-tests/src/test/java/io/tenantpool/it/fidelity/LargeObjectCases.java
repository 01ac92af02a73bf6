package io.tenantpool.it.fidelity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** Large objects through the driver's API and as {@link Blob} and {@link Clob}. */
final class LargeObjectCases implements CaseTable.Cases {

  private static final String FILLED =
      "CREATE TABLE t AS SELECT lo_from_bytea(0, 'hello, world'::bytea) AS data";

  @Override
  public void addTo(CaseTable table) {
    addManagerCases(table);
    addBlobCases(table);
  }

  /** In a transaction, as large objects need it. */
  private static Connection begun(Scene scene) throws SQLException {
    Connection connection = scene.openAfter(FILLED);
    connection.setAutoCommit(false);
    return connection;
  }

  private static LargeObjectManager manager(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getLargeObjectAPI();
  }

  private static ResultSet row(Connection connection) throws SQLException {
    ResultSet rows = connection.createStatement().executeQuery("SELECT data FROM t");
    rows.next();
    return rows;
  }

  private static void addManagerCases(CaseTable table) {
    table
        .add(
            "large object: write, seek, read, truncate",
            scene -> {
              LargeObjectManager manager = manager(begun(scene));
              long oid = manager.createLO(LargeObjectManager.READWRITE);
              LargeObject object = manager.open(oid);
              object.write("0123456789".getBytes(UTF_8));
              object.seek(2);
              String read = new String(object.read(3), UTF_8);
              int at = object.tell();
              object.truncate(6);
              return List.of(read, at, object.size(), object.getLongOID() == oid);
            })
        .add(
            "large object: without a transaction",
            scene -> {
              LargeObjectManager manager = manager(scene.open());
              return new Attempts().get(() -> manager.createLO()).get(() -> manager.open(1L));
            })
        .add(
            "large object: one that is not there",
            scene -> {
              Connection connection = begun(scene);
              return new Attempts()
                  .get(() -> manager(connection).open(4_000_000_000L))
                  .get(() -> Sql.rows(connection, "SELECT 1"))
                  .run(connection::rollback)
                  .get(() -> Sql.rows(connection, "SELECT 1 AS again"));
            })
        .add(
            "large object: deleted",
            scene -> {
              Connection connection = begun(scene);
              long oid = manager(connection).createLO();
              manager(connection).delete(oid);
              return Sql.rows(
                  connection, "SELECT count(*) FROM pg_largeobject_metadata WHERE oid = " + oid);
            })
        .add(
            "large object: its streams",
            scene -> {
              LargeObjectManager manager = manager(begun(scene));
              LargeObject object = manager.open(manager.createLO());
              object.getOutputStream().write("streamed".getBytes(UTF_8));
              object.getOutputStream().flush();
              object.seek(0);
              return new String(object.getInputStream().readAllBytes(), UTF_8);
            })
        .add(
            "large object: closed twice, then read",
            scene -> {
              LargeObjectManager manager = manager(begun(scene));
              LargeObject object = manager.open(manager.createLO());
              return new Attempts()
                  .run(object::close)
                  .run(object::close)
                  .run(() -> object.read(1))
                  .get(() -> new String(object.read(1), UTF_8));
            })
        .add(
            "large object: written though open for reading",
            scene -> {
              Connection connection = begun(scene);
              LargeObjectManager manager = manager(connection);
              LargeObject object = manager.open(manager.createLO(), LargeObjectManager.READ);
              return new Attempts().run(() -> object.write(new byte[] {1})).run(connection::commit);
            })
        .add(
            "large object: used after the end of its transaction",
            scene -> {
              Connection connection = begun(scene);
              LargeObjectManager manager = manager(connection);
              LargeObject object = manager.open(manager.createLO());
              connection.commit();
              return new Attempts()
                  .get(() -> object.read(1))
                  .run(connection::rollback)
                  .get(() -> Sql.rows(connection, "SELECT 1 AS usable"));
            })
        .add(
            "large object: a manager kept after close",
            scene -> {
              Connection connection = begun(scene);
              LargeObjectManager manager = manager(connection);
              connection.close();
              return manager.createLO();
            });
  }

  private static void addBlobCases(CaseTable table) {
    table
        .add(
            "blob: length, bytes, position",
            scene -> {
              Blob blob = row(begun(scene)).getBlob(1);
              return List.of(
                  blob.length(),
                  new String(blob.getBytes(8, 5), UTF_8),
                  blob.position("world".getBytes(UTF_8), 1),
                  new String(blob.getBinaryStream(1, 5).readAllBytes(), UTF_8));
            })
        .add(
            "blob: positions that are not there",
            scene -> {
              Blob blob = row(begun(scene)).getBlob(1);
              return new Attempts()
                  .get(() -> blob.getBytes(0, 1))
                  .get(() -> blob.getBytes(100, 5))
                  .run(() -> blob.truncate(-1));
            })
        .add(
            "blob: written in place and cut off",
            scene -> {
              Connection connection = begun(scene);
              Blob blob = row(connection).getBlob(1);
              int written = blob.setBytes(8, "there".getBytes(UTF_8));
              blob.truncate(12);
              connection.commit();
              return List.of(
                  written,
                  Sql.rows(connection, "SELECT convert_from(lo_get(data), 'UTF8') FROM t"));
            })
        .add(
            "blob: as a parameter",
            scene -> {
              Connection connection = begun(scene);
              PreparedStatement statement =
                  connection.prepareStatement("INSERT INTO t VALUES (?), (?)");
              statement.setBlob(1, row(connection).getBlob(1));
              statement.setBlob(2, new ByteArrayInputStream("second".getBytes(UTF_8)));
              return List.of(
                  statement.executeUpdate(),
                  Sql.rows(connection, "SELECT length(lo_get(data)) AS n FROM t ORDER BY n"));
            })
        .add(
            "blob: freed twice, then used",
            scene -> {
              Blob blob = row(begun(scene)).getBlob(1);
              return new Attempts().run(blob::free).run(blob::free).get(blob::length);
            })
        .add(
            "blob: used after close",
            scene -> {
              Connection connection = begun(scene);
              Blob blob = row(connection).getBlob(1);
              connection.close();
              return blob.length();
            })
        .add(
            "blob: none can be made",
            scene -> {
              Connection connection = scene.open();
              return new Attempts().get(connection::createBlob).get(connection::createClob);
            })
        .add(
            "clob: length, text, position",
            scene -> {
              Clob clob = row(begun(scene)).getClob(1);
              return new Attempts()
                  .get(clob::length)
                  .get(() -> clob.getSubString(8, 5))
                  .get(() -> clob.position("world", 1))
                  .get(() -> new String(clob.getAsciiStream().readAllBytes(), UTF_8))
                  .get(() -> clob.getCharacterStream().read());
            });
  }
}
