package io.tenantpool.it.fidelity;

import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What an application sets on a connection, and what the connection says of it. */
final class SettingCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    warnings(table);
    table
        .add(
            "the default settings of a connection",
            scene -> {
              Connection connection = scene.open();
              return Arrays.asList(
                  connection.getCatalog(),
                  connection.getSchema(),
                  connection.getHoldability(),
                  connection.getNetworkTimeout(),
                  connection.getTransactionIsolation(),
                  connection.isReadOnly(),
                  connection.getTypeMap(),
                  connection.getWarnings());
            })
        .add(
            "another schema",
            scene -> {
              Connection connection = scene.open();
              connection.setSchema("pg_catalog");
              String other = connection.getSchema();
              connection.setSchema("no such");
              return Arrays.asList(
                  other, connection.getSchema(), Attempt.query(connection, "SHOW search_path"));
            })
        .add(
            "another catalog",
            scene -> {
              Connection connection = scene.open();
              connection.setCatalog("elsewhere");
              return connection.getCatalog();
            })
        .add(
            "client info",
            scene -> {
              Connection connection = scene.open();
              connection.setClientInfo("ApplicationName", "billing");
              Properties both = new Properties();
              both.setProperty("ApplicationName", "other");
              String one = connection.getClientInfo("ApplicationName");
              connection.setClientInfo(both);
              return Arrays.asList(
                  one,
                  connection.getClientInfo("nosuch"),
                  new TreeMap<>(connection.getClientInfo()),
                  Attempt.query(connection, "SHOW application_name"));
            })
        .add(
            "client info that was read before a change",
            scene -> {
              Connection connection = scene.open();
              Properties before = connection.getClientInfo();
              connection.setClientInfo("ApplicationName", "later");
              return "later".equals(before.getProperty("ApplicationName"));
            })
        .add(
            "client info that is unknown",
            scene -> {
              Connection connection = scene.open();
              connection.setClientInfo("nosuch", "value");
              return connection.getWarnings();
            })
        .add(
            "client info on a closed connection",
            scene -> {
              Connection connection = scene.open();
              connection.close();
              try {
                connection.setClientInfo("ApplicationName", "late");
                return "set";
              } catch (SQLClientInfoException e) {
                Map<String, ClientInfoStatus> failed = e.getFailedProperties();
                return List.of(Description.of(e), failed);
              }
            })
        .add(
            "network timeout",
            scene -> {
              Connection connection = scene.open();
              connection.setNetworkTimeout(Runnable::run, 12_345);
              int set = connection.getNetworkTimeout();
              return List.of(
                  set,
                  Attempt.step(() -> connection.setNetworkTimeout(Runnable::run, -1)),
                  Attempt.step(() -> connection.setNetworkTimeout(null, 5)),
                  connection.getNetworkTimeout());
            })
        .add(
            "network timeout that expires",
            scene -> {
              Connection connection = scene.open();
              connection.setNetworkTimeout(Runnable::run, 100);
              return List.of(
                  Attempt.of(() -> Attempt.query(connection, "SELECT pg_sleep(20)")),
                  connection.isClosed(),
                  connection.isValid(1));
            })
        .add(
            "query timeout that expires",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              statement.setQueryTimeout(1);
              String late = Attempt.of(() -> statement.executeQuery("SELECT pg_sleep(20)"));
              return List.of(
                  late, statement.getQueryTimeout(), Attempt.query(connection, "SELECT 3"));
            })
        .add(
            "statement timeout of the server",
            scene -> {
              Connection connection = scene.openAfter("SET statement_timeout = 50");
              return List.of(
                  Attempt.of(() -> Attempt.query(connection, "SELECT pg_sleep(20)")),
                  Attempt.query(connection, "SELECT 3"));
            })
        .add(
            "holdability",
            scene -> {
              Connection connection = scene.open();
              connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
              return List.of(
                  connection.getHoldability(),
                  connection.createStatement().getResultSetHoldability(),
                  Attempt.step(() -> connection.setHoldability(5)));
            })
        .add(
            "type map",
            scene -> {
              Connection connection = scene.open();
              Map<String, Class<?>> map = new HashMap<>(Map.of("mood", String.class));
              connection.setTypeMap(map);
              return Arrays.asList(
                  connection.getTypeMap(),
                  Attempt.step(() -> connection.setTypeMap(null)),
                  Attempt.of(connection::getTypeMap));
            })
        .add(
            "validity",
            scene -> {
              Connection connection = scene.open();
              return List.of(
                  connection.isValid(2),
                  Attempt.of(() -> connection.isValid(-1)),
                  Attempt.step(connection::close),
                  connection.isValid(2));
            })
        .add(
            "settings on a closed connection",
            scene -> {
              Connection connection = scene.open();
              connection.close();
              return List.of(
                  Attempt.of(connection::getCatalog),
                  Attempt.of(connection::getSchema),
                  Attempt.step(() -> connection.setSchema("x")),
                  Attempt.of(connection::getHoldability),
                  Attempt.of(connection::getNetworkTimeout),
                  Attempt.of(connection::getClientInfo),
                  Attempt.of(connection::getMetaData),
                  Attempt.of(() -> connection.nativeSQL("x")));
            })
        .add(
            "a fetch size of the URL",
            scene -> {
              Connection connection = scene.open("&defaultRowFetchSize=17&prepareThreshold=2");
              return connection.createStatement().getFetchSize();
            })
        .add(
            "a connection unwrapped to what it is not",
            scene -> {
              Connection connection = scene.open();
              return List.of(
                  connection.isWrapperFor(Connection.class),
                  connection.isWrapperFor(Runnable.class),
                  Attempt.of(() -> connection.unwrap(Runnable.class)));
            })
        .add(
            "sharding, which PostgreSQL has not",
            scene -> {
              Connection connection = scene.open();
              return List.of(
                  Attempt.step(() -> connection.setShardingKey(null)),
                  Attempt.of(() -> connection.setShardingKeyIfValid(null, 1)),
                  Attempt.step(connection::beginRequest),
                  Attempt.step(connection::endRequest));
            });
  }

  private static void warnings(CaseTable table) {
    table
        .add(
            "a notice on a statement",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              statement.execute("DO $$ BEGIN RAISE NOTICE 'first'; RAISE WARNING 'second'; END $$");
              String told = Description.of(statement.getWarnings());
              statement.clearWarnings();
              return Arrays.asList(told, statement.getWarnings(), connection.getWarnings());
            })
        .add(
            "a warning that the server gives",
            scene -> {
              Connection connection = scene.openAfter("BEGIN");
              Statement statement = connection.createStatement();
              statement.execute("BEGIN");
              return statement.getWarnings();
            })
        .add(
            "warnings cleared",
            scene -> {
              Connection connection = scene.open();
              connection.setClientInfo("nosuch", "value");
              boolean before = connection.getWarnings() != null;
              connection.clearWarnings();
              return Arrays.asList(before, connection.getWarnings());
            })
        .add(
            "warnings on what is closed",
            scene -> {
              Connection connection = scene.open();
              Statement statement = connection.createStatement();
              statement.close();
              String ofStatement = Attempt.of(statement::getWarnings);
              connection.close();
              return List.of(
                  ofStatement,
                  Attempt.of(connection::getWarnings),
                  Attempt.step(connection::clearWarnings));
            });
  }
}
