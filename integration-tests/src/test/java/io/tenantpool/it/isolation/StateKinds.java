package io.tenantpool.it.isolation;

import static io.tenantpool.it.isolation.StateKind.execute;
import static io.tenantpool.it.isolation.StateKind.query;
import static io.tenantpool.it.isolation.StateKind.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/** What an application can leave behind in one connection, in an order that lets it do all. */
final class StateKinds {

  private static final int TIMEOUT_MILLIS = 77_000;

  private StateKinds() {}

  static final List<StateKind> ALL =
      List.of(
          sql("variable", "SET work_mem = '7MB'", "SHOW work_mem"),
          sql("statement timeout", "SET statement_timeout = '7min'", "SHOW statement_timeout"),
          sql("lock timeout", "SET lock_timeout = '7min'", "SHOW lock_timeout"),
          sql("time zone", "SET TIME ZONE 'Asia/Tokyo'", "SHOW timezone"),
          sql("text form of bytes", "SET bytea_output = 'escape'", "SHOW bytea_output"),
          sql("row security", "SET row_security = off", "SHOW row_security"),
          sql(
              "custom variable",
              "SELECT set_config('app.tenant_id', '7', false)",
              "SELECT nullif(current_setting('app.tenant_id', true), '')"),
          sql(
              "session characteristics",
              "SET SESSION CHARACTERISTICS AS TRANSACTION DEFERRABLE",
              "SHOW default_transaction_deferrable"),
          sql("temporary table", "CREATE TEMP TABLE left_table (id int)", absent("left_table")),
          sql("temporary view", "CREATE TEMP VIEW left_view AS SELECT 1", absent("left_view")),
          new StateKind(
              "sequence value",
              connection -> {
                execute(connection, "CREATE TEMP SEQUENCE left_sequence START 77");
                execute(connection, "SELECT nextval('left_sequence')");
              },
              query("SELECT lastval()")),
          sql(
              "advisory lock",
              "SELECT pg_advisory_lock(77)",
              "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"),
          sql("listen", "LISTEN left_channel", "SELECT count(*) FROM pg_listening_channels()"),
          sql(
              "cursor",
              "DECLARE left_cursor CURSOR WITH HOLD FOR SELECT generate_series(1, 9)",
              "SELECT count(*) FROM pg_cursors WHERE name = 'left_cursor'"),
          sql(
              "prepared statement",
              "PREPARE left_statement AS SELECT 1",
              "SELECT count(*) FROM pg_prepared_statements WHERE from_sql"),
          sql("search path", "SET search_path = pg_catalog, public", "SHOW search_path"),
          new StateKind(
              "schema",
              connection -> connection.setSchema("information_schema"),
              c -> c.getSchema()),
          new StateKind(
              "isolation",
              c -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
              Connection::getTransactionIsolation),
          new StateKind(
              "client info",
              connection -> connection.setClientInfo("ApplicationName", "left behind"),
              query("SHOW application_name")),
          new StateKind(
              "network timeout",
              connection -> connection.setNetworkTimeout(Runnable::run, TIMEOUT_MILLIS),
              Connection::getNetworkTimeout),
          new StateKind(
              "holdability",
              connection -> connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT),
              Connection::getHoldability),
          new StateKind(
              "type map",
              connection -> connection.setTypeMap(Map.of("left", String.class)),
              Connection::getTypeMap),
          new StateKind(
              "warning",
              connection -> connection.setClientInfo("NoSuchClientInfo", "left behind"),
              connection -> connection.getWarnings() != null),
          new StateKind(
              "prepare threshold",
              connection -> driver(connection).setPrepareThreshold(77),
              connection -> driver(connection).getPrepareThreshold()),
          new StateKind(
              "fetch size",
              connection -> driver(connection).setDefaultFetchSize(77),
              connection -> driver(connection).getDefaultFetchSize()),
          new StateKind(
              "autosave",
              connection -> driver(connection).setAutosave(AutoSave.ALWAYS),
              connection -> driver(connection).getAutosave()),
          sql("role", "SET ROLE pg_read_all_data", "SELECT current_user = session_user"),
          new StateKind(
              "read-only", connection -> connection.setReadOnly(true), Connection::isReadOnly),
          new StateKind(
              "autocommit",
              connection -> connection.setAutoCommit(false),
              Connection::getAutoCommit));

  private static String absent(String relation) {
    return "SELECT to_regclass('" + relation + "') IS NULL";
  }

  private static PGConnection driver(Connection connection) {
    return (PGConnection) Objects.requireNonNull(connection);
  }
}
