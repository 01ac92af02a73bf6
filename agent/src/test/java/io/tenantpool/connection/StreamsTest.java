package io.tenantpool.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams lead to the session too: large objects are read while the application reads. */
class StreamsTest {

  private final OneConnectionPool pool = OneConnectionPool.ofPostgres();
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = new LogicalConnections().open(pool);
    SessionKind.execute(connection, "CREATE TEMP TABLE file (id int, content oid)");
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    pool.close();
  }

  private ResultSet file() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO file VALUES (1, ?)")) {
      insert.setBlob(1, new ByteArrayInputStream("hello".getBytes(UTF_8)));
      insert.executeUpdate();
    }
    Statement statement = connection.createStatement();
    ResultSet result = statement.executeQuery("SELECT content FROM file");
    assertTrue(result.next());
    return result;
  }

  @Test
  void aLargeObjectIsReadAndWrittenThroughTheLease() throws Exception {
    Blob blob = file().getBlob(1);
    assertEquals(List.of(Pin.LOCATOR), pool.pins());
    try (InputStream in = blob.getBinaryStream()) {
      assertTrue(in.markSupported());
      in.mark(10);
      assertEquals('h', in.read());
      in.reset();
      assertEquals(1, in.skip(1));
      assertTrue(in.available() >= 0);
      assertArrayEquals("ello".getBytes(UTF_8), in.readAllBytes());
    }
    try (OutputStream out = blob.setBinaryStream(1)) {
      out.write('H');
      out.write("E".getBytes(UTF_8));
      out.flush();
    }
    assertArrayEquals("HEllo".getBytes(UTF_8), blob.getBytes(1, 5));
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO file VALUES (2, ?)")) {
      insert.setBlob(1, blob);
      assertEquals(1, insert.executeUpdate());
    }
    assertEquals(List.of(Pin.LOCATOR), pool.pins());
  }

  @Test
  void aClobIsReadAndWrittenThroughTheLease() throws Exception {
    Clob clob = file().getClob(1);
    try (Reader reader = clob.getCharacterStream()) {
      char[] characters = new char[5];
      assertEquals(5, reader.read(characters));
      assertEquals("hello", new String(characters));
    }
    try (InputStream in = clob.getAsciiStream()) {
      assertEquals('h', in.read());
    }
  }

  @Test
  void xmlIsWrittenThroughTheLease() throws Exception {
    SQLXML xml = connection.createSQLXML();
    try (Writer writer = xml.setCharacterStream()) {
      writer.write("<a/>");
      writer.flush();
    }
    assertEquals("<a/>", xml.getString());
  }

  @Test
  void aStreamThatWasKeptFailsAfterTheClose() throws Exception {
    Blob blob = file().getBlob(1);
    InputStream in = blob.getBinaryStream();
    OutputStream out = blob.setBinaryStream(1);
    assertEquals('h', in.read());
    connection.close();
    IOException thrown = assertThrows(IOException.class, in::read);
    assertEquals("This connection has been closed.", thrown.getMessage());
    assertThrows(IOException.class, () -> out.write(1));
    in.mark(1);
    assertThrows(IOException.class, in::reset);
    in.close();
    out.close();
    assertThrows(SQLException.class, blob::length);
    assertTrue(pool.keptConnection());
  }

  @Test
  void aStreamWhoseSessionWasLostMakesTheConnectionBroken() throws Exception {
    InputStream in = file().getBlob(1).getBinaryStream();
    int pid = ((org.postgresql.PGConnection) connection).getBackendPID();
    try (Connection other = Postgres.connect()) {
      SessionKind.execute(other, "SELECT pg_terminate_backend(" + pid + ", 5000)");
    }
    assertThrows(IOException.class, in::read);
    connection.close();
    assertFalse(pool.keptConnection());
  }
}
