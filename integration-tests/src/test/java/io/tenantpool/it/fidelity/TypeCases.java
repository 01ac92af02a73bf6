package io.tenantpool.it.fidelity;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.postgresql.util.PGobject;

/** Values of particular types, in and out. */
final class TypeCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    arrays(table);
    large(table);
    table
        .add(
            "a uuid",
            scene -> {
              UUID uuid = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
              ResultSet rows = echo(scene.open(), "uuid", uuid);
              return List.of(rows.getObject(1), rows.getObject(1, UUID.class), rows.getString(1));
            })
        .add(
            "JSON as a vendor object",
            scene -> {
              PGobject json = new PGobject();
              json.setType("jsonb");
              json.setValue("{\"b\": 1, \"a\": [true, null]}");
              ResultSet rows = echo(scene.open(), "jsonb", json);
              PGobject back = rows.getObject(1, PGobject.class);
              return Arrays.asList(back.getType(), back.getValue(), back.equals(rows.getObject(1)));
            })
        .add(
            "an enum of the database",
            scene -> {
              Connection connection = scene.openAfter("CREATE TYPE mood AS ENUM ('ok', 'sad')");
              PreparedStatement statement = connection.prepareStatement("SELECT ?::mood");
              statement.setString(1, "sad");
              ResultSet rows = statement.executeQuery();
              rows.next();
              String wrong = Attempt.of(() -> Attempt.query(connection, "SELECT 'glad'::mood"));
              return Arrays.asList(rows.getObject(1), rows.getString(1), wrong);
            })
        .add(
            "a row value",
            scene -> {
              ResultSet rows = first(scene.open(), "SELECT ROW(1, 'a')");
              return List.of(
                  rows.getString(1),
                  rows.getObject(1).toString(),
                  rows.getMetaData().getColumnType(1));
            })
        .add(
            "decimal numbers",
            scene -> {
              ResultSet rows = echo(scene.open(), "numeric", new BigDecimal("-12345.6700"));
              return List.of(
                  rows.getBigDecimal(1),
                  rows.getDouble(1),
                  rows.getLong(1),
                  Attempt.of(() -> rows.getObject(1, BigDecimal.class)),
                  Attempt.of(() -> rows.getShort(1)));
            })
        .add(
            "dates and times of java.time",
            scene -> {
              Connection connection = scene.open();
              connection.createStatement().execute("SET TIME ZONE 'UTC'");
              PreparedStatement statement = connection.prepareStatement("SELECT ?, ?, ?, ?");
              statement.setObject(1, LocalDate.of(2020, 2, 29));
              statement.setObject(2, LocalTime.of(23, 59, 58));
              statement.setObject(3, LocalDateTime.of(2021, 1, 2, 3, 4, 5));
              statement.setObject(4, OffsetDateTime.parse("2021-01-02T03:04:05+02:00"));
              ResultSet rows = statement.executeQuery();
              rows.next();
              return List.of(
                  rows.getObject(1, LocalDate.class),
                  rows.getObject(2, LocalTime.class),
                  rows.getObject(3, LocalDateTime.class),
                  rows.getObject(4, OffsetDateTime.class),
                  Attempt.of(() -> rows.getObject(1, OffsetDateTime.class)));
            })
        .add(
            "timestamps in the time zone of a calendar",
            scene -> {
              Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::timestamp");
              statement.setTimestamp(1, new Timestamp(86_400_000L), calendar);
              ResultSet rows = statement.executeQuery();
              rows.next();
              return List.of(rows.getString(1), rows.getTimestamp(1, calendar).getTime());
            })
        .add(
            "infinite timestamps and dates",
            scene -> {
              ResultSet rows =
                  first(scene.open(), "SELECT 'infinity'::timestamptz, '-infinity'::date");
              return List.of(
                  rows.getTimestamp(1).getTime(), rows.getDate(2).getTime(), rows.getString(2));
            })
        .add(
            "intervals and points",
            scene -> {
              ResultSet rows =
                  first(scene.open(), "SELECT interval '1 day 2 hours', point(1, 2), inet '::1'");
              return List.of(
                  rows.getObject(1).toString(),
                  rows.getObject(2).toString(),
                  rows.getObject(3).toString(),
                  rows.getObject(1).getClass(),
                  rows.getMetaData().getColumnClassName(2));
            })
        .add(
            "XML",
            scene -> {
              Connection connection = scene.open();
              SQLXML xml = connection.createSQLXML();
              String empty = Attempt.of(xml::getString);
              xml.setString("<a>1</a>");
              return List.of(
                  empty,
                  xml.getString(),
                  Attempt.step(() -> xml.setString("<b/>")),
                  Attempt.step(xml::free),
                  Attempt.of(xml::getString));
            })
        .add(
            "types that PostgreSQL has not",
            scene -> {
              Connection connection = scene.open();
              return List.of(
                  Attempt.of(connection::createNClob),
                  Attempt.of(connection::createBlob),
                  Attempt.of(connection::createClob),
                  Attempt.of(() -> connection.createStruct("t", new Object[0])));
            });
  }

  private static void arrays(CaseTable table) {
    table
        .add(
            "an array in and out",
            scene -> {
              Connection connection = scene.open();
              Array array = connection.createArrayOf("int4", new Object[] {1, null, 3});
              PreparedStatement statement = connection.prepareStatement("SELECT ?");
              statement.setArray(1, array);
              ResultSet rows = statement.executeQuery();
              rows.next();
              Array back = rows.getArray(1);
              return List.of(
                  back.getArray(), back.getBaseTypeName(), back.getBaseType(), back.toString());
            })
        .add(
            "a part of an array, and its rows",
            scene -> {
              Array array = first(scene.open(), "SELECT ARRAY['a', 'b', 'c']").getArray(1);
              return List.of(
                  array.getArray(2, 2),
                  Description.of(array.getResultSet()),
                  Attempt.of(() -> array.getArray(3, 5)),
                  Attempt.of(() -> array.getArray(Map.of("x", String.class))));
            })
        .add(
            "an array with two dimensions",
            scene -> first(scene.open(), "SELECT ARRAY[[1, 2], [3, 4]]").getArray(1).getArray())
        .add(
            "an array that was freed",
            scene -> {
              Array array = first(scene.open(), "SELECT ARRAY[1]").getArray(1);
              array.free();
              return Attempt.of(array::getArray) + Attempt.of(array::getBaseTypeName);
            })
        .add(
            "an array of a type that is missing",
            scene -> scene.open().createArrayOf("nosuch", new Object[] {1}))
        .add(
            "an array as an object",
            scene -> {
              ResultSet rows = first(scene.open(), "SELECT ARRAY[1.5, 2]");
              return List.of(
                  rows.getObject(1) instanceof Array,
                  ((Array) rows.getObject(1)).getArray(),
                  rows.getObject(1, Array.class).getBaseTypeName());
            });
  }

  private static void large(CaseTable table) {
    table
        .add(
            "bytes as streams",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::bytea");
              statement.setBinaryStream(1, new ByteArrayInputStream(new byte[] {1, 0, -1}), 3);
              ResultSet rows = statement.executeQuery();
              rows.next();
              return List.of(
                  rows.getBytes(1), rows.getBinaryStream(1).readAllBytes(), rows.getString(1));
            })
        .add(
            "a stream that is shorter than promised",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::bytea");
              statement.setBinaryStream(1, new ByteArrayInputStream(new byte[2]), 5);
              return Attempt.of(statement::executeQuery);
            })
        .add(
            "text as streams",
            scene -> {
              PreparedStatement statement = scene.open().prepareStatement("SELECT ?::text");
              statement.setCharacterStream(1, new StringReader("Grüße"), 5);
              ResultSet rows = statement.executeQuery();
              rows.next();
              char[] read = new char[9];
              int count = rows.getCharacterStream(1).read(read);
              return List.of(
                  count, rows.getString(1).equals("Grüße"), rows.getAsciiStream(1).available());
            })
        .add(
            "a large object as a Blob",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Blob blob = blob(connection, "hello large world");
              byte[] part = blob.getBytes(7, 5);
              long world = blob.position("world".getBytes(StandardCharsets.US_ASCII), 1);
              blob.setBytes(1, new byte[] {'J'});
              blob.truncate(5);
              return List.of(
                  new String(part, StandardCharsets.US_ASCII),
                  world,
                  blob.length(),
                  new String(blob.getBinaryStream().readAllBytes(), StandardCharsets.US_ASCII),
                  Attempt.of(() -> blob.getBytes(0, 1)),
                  Attempt.step(blob::free),
                  Attempt.of(blob::length));
            })
        .add(
            "a large object as a Clob",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              long oid = first(connection, "SELECT lo_from_bytea(0, 'some text')").getLong(1);
              Clob clob = first(connection, "SELECT " + oid + "::oid").getClob(1);
              return List.of(
                  clob.length(), clob.getSubString(6, 4), Attempt.of(() -> clob.position("t", 1)));
            })
        .add(
            "a large object while autocommit is on",
            scene -> Attempt.of(() -> blob(scene.open(), "x").length()))
        .add(
            "a large object after its transaction",
            scene -> {
              Connection connection = scene.open();
              connection.setAutoCommit(false);
              Blob blob = blob(connection, "x");
              long before = blob.length();
              connection.commit();
              return List.of(before, Attempt.of(() -> blob.getBytes(1, 1)));
            });
  }

  private static Blob blob(Connection connection, String content) throws SQLException {
    long oid = first(connection, "SELECT lo_from_bytea(0, '" + content + "')").getLong(1);
    return first(connection, "SELECT " + oid + "::oid").getBlob(1);
  }

  private static ResultSet first(Connection connection, String sql) throws SQLException {
    ResultSet rows = connection.createStatement().executeQuery(sql);
    rows.next();
    return rows;
  }

  private static ResultSet echo(Connection connection, String type, Object value)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement("SELECT ?::" + type);
    statement.setObject(1, value);
    ResultSet rows = statement.executeQuery();
    rows.next();
    return rows;
  }
}
