package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/** One kind of session state: how an application sets it, and how it would notice it later. */
record SessionKind(String name, Action set, Reader read) {

  interface Action {
    void on(Connection connection) throws SQLException;
  }

  interface Reader {
    String from(Connection connection) throws SQLException;
  }

  static List<SessionKind> all() {
    List<SessionKind> kinds = new ArrayList<>(ServerVariables.kinds());
    kinds.addAll(objects());
    kinds.addAll(driverSide());
    return kinds;
  }

  /** State of the server's session that is not a variable. */
  static List<SessionKind> objects() {
    Reader transaction = query("SELECT count(*) FROM item WHERE name = 'uncommitted'");
    Reader prepared = query("SELECT count(*) FROM pg_prepared_statements");
    Reader locks =
        query(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                + " AND pid = pg_backend_pid()");
    return List.of(
        kind("role", "SET ROLE group_role", "SELECT current_user"),
        kind(
            "session authorization",
            "SET SESSION AUTHORIZATION assuming",
            "SELECT session_user || current_user"),
        kind("temporary table", "CREATE TEMP TABLE t (a int)", "SELECT to_regclass('pg_temp.t')"),
        kind("temporary view", "CREATE TEMP VIEW v AS SELECT 1", "SELECT to_regclass('pg_temp.v')"),
        kind("temporary sequence", "CREATE TEMP SEQUENCE s", "SELECT to_regclass('pg_temp.s')"),
        kind(
            "temporary function",
            "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "SELECT count(*) FROM pg_proc WHERE pronamespace = pg_my_temp_schema()"),
        kind(
            "temporary type",
            "CREATE TYPE pg_temp.e AS ENUM ('a')",
            "SELECT to_regtype('pg_temp.e')"),
        new SessionKind(
            "currval", sql("SELECT nextval('numbers')"), failing("SELECT currval('numbers')")),
        new SessionKind("lastval", sql("SELECT nextval('numbers')"), failing("SELECT lastval()")),
        new SessionKind("advisory lock", sql("SELECT pg_advisory_lock(1)"), locks),
        new SessionKind("shared advisory lock", sql("SELECT pg_advisory_lock_shared(2)"), locks),
        new SessionKind("advisory lock of two keys", sql("SELECT pg_advisory_lock(1, 2)"), locks),
        kind("LISTEN", "LISTEN news", "SELECT count(*) FROM pg_listening_channels()"),
        kind(
            "cursor WITH HOLD",
            "DECLARE c CURSOR WITH HOLD FOR SELECT generate_series(1, 10)",
            "SELECT count(*) FROM pg_cursors WHERE name = 'c'"),
        new SessionKind("PREPARE", sql("PREPARE p AS SELECT 1"), prepared),
        new SessionKind("prepared statement of the driver", SessionKind::prepareOnServer, prepared),
        kind(
            "SET SESSION CHARACTERISTICS",
            "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
            "SELECT current_setting('transaction_isolation')"
                + " || current_setting('transaction_read_only')"),
        new SessionKind(
            "open transaction",
            connection -> {
              connection.setAutoCommit(false);
              execute(connection, "INSERT INTO item (name) VALUES ('uncommitted')");
            },
            transaction),
        new SessionKind(
            "open transaction of BEGIN",
            sql("BEGIN", "INSERT INTO item (name) VALUES ('uncommitted')"),
            transaction),
        new SessionKind(
            "failed transaction",
            connection -> {
              connection.setAutoCommit(false);
              ignoreFailure(connection, "SELECT 1/0");
            },
            failing("SELECT 1")),
        new SessionKind(
            "failed transaction of BEGIN",
            connection -> {
              execute(connection, "BEGIN");
              ignoreFailure(connection, "SELECT 1/0");
            },
            failing("SELECT 1")),
        new SessionKind(
            "savepoint", sql("BEGIN", "SAVEPOINT s"), failing("ROLLBACK TO SAVEPOINT s")),
        new SessionKind(
            "SET LOCAL",
            sql("BEGIN", "SET LOCAL work_mem = '9MB'"),
            query("SELECT current_setting('work_mem')")),
        new SessionKind(
            "open large object",
            connection -> {
              connection.setAutoCommit(false);
              execute(connection, "SELECT lo_open(lo_create(0), 393216)");
            },
            failing("SELECT loread(0, 1)")));
  }

  /** State that the driver keeps. */
  static List<SessionKind> driverSide() {
    return List.of(
        new SessionKind(
            "autocommit", c -> c.setAutoCommit(false), c -> String.valueOf(c.getAutoCommit())),
        new SessionKind("read-only", c -> c.setReadOnly(true), c -> String.valueOf(c.isReadOnly())),
        new SessionKind(
            "isolation",
            c -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
            c -> String.valueOf(c.getTransactionIsolation())),
        new SessionKind(
            "holdability",
            c -> c.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT),
            c -> String.valueOf(c.getHoldability())),
        new SessionKind("schema", c -> c.setSchema("other"), Connection::getSchema),
        new SessionKind(
            "network timeout",
            c -> c.setNetworkTimeout(Runnable::run, 12345),
            c -> String.valueOf(c.getNetworkTimeout())),
        new SessionKind(
            "client info",
            c -> c.setClientInfo("ApplicationName", "dirty"),
            c -> c.getClientInfo("ApplicationName")),
        new SessionKind(
            "type map set", c -> c.setTypeMap(typeMap()), c -> c.getTypeMap().toString()),
        new SessionKind(
            "type map changed",
            c -> c.getTypeMap().put("item", String.class),
            c -> c.getTypeMap().toString()),
        new SessionKind(
            "warnings",
            c -> c.setClientInfo("ClientUser", "x"),
            c -> String.valueOf(c.getWarnings())),
        new SessionKind(
            "prepare threshold",
            c -> vendor(c).setPrepareThreshold(1),
            c -> String.valueOf(vendor(c).getPrepareThreshold())),
        new SessionKind(
            "default fetch size",
            c -> vendor(c).setDefaultFetchSize(7),
            c -> String.valueOf(c.createStatement().getFetchSize())),
        new SessionKind(
            "default query timeout",
            c -> vendor(c).setQueryTimeout(77),
            c -> String.valueOf(c.createStatement().getQueryTimeout())),
        new SessionKind(
            "autosave",
            c -> vendor(c).setAutosave(AutoSave.ALWAYS),
            c -> String.valueOf(vendor(c).getAutosave())),
        new SessionKind(
            "adaptive fetch",
            c -> vendor(c).setAdaptiveFetch(true),
            c -> String.valueOf(vendor(c).getAdaptiveFetch())),
        new SessionKind(
            "queued notifications",
            c -> execute(c, "LISTEN mail", "NOTIFY mail, 'secret'"),
            c -> String.valueOf(vendor(c).getNotifications().length)),
        new SessionKind(
            "reported parameters",
            c -> execute(c, "SET TimeZone = 'Asia/Tokyo'"),
            c -> vendor(c).getParameterStatus("TimeZone")),
        new SessionKind(
            "default isolation as metadata sees it",
            c -> execute(c, "SET default_transaction_isolation = 'serializable'"),
            c -> String.valueOf(metaData(c).isReadOnly()) + c.getTransactionIsolation()));
  }

  private static DatabaseMetaData metaData(Connection connection) throws SQLException {
    return connection.getMetaData();
  }

  private static PGConnection vendor(Connection connection) {
    return (PGConnection) connection;
  }

  private static Map<String, Class<?>> typeMap() {
    Map<String, Class<?>> map = new HashMap<>();
    map.put("item", String.class);
    return map;
  }

  private static void prepareOnServer(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?::int")) {
      for (int i = 0; i < 7; i++) {
        statement.setInt(1, i);
        statement.executeQuery().close();
      }
    }
  }

  private static SessionKind kind(String name, String sql, String query) {
    return new SessionKind(name, sql(sql), query(query));
  }

  static Action sql(String... commands) {
    return connection -> execute(connection, commands);
  }

  static void execute(Connection connection, String... commands) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  static void ignoreFailure(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
      throw new IllegalStateException(command + " was to fail");
    } catch (SQLException e) {
      if (e.getSQLState() == null) {
        throw e;
      }
    }
  }

  static Reader query(String sql) {
    return connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(sql)) {
        result.next();
        return String.valueOf(result.getString(1));
      }
    };
  }

  /** What the command answers, be it an error: its SQLState. */
  private static Reader failing(String sql) {
    return connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
        return "succeeds";
      } catch (SQLException e) {
        return e.getSQLState();
      }
    };
  }
}
