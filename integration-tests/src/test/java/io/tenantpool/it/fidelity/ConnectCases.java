package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The ways to a connection, and the ways to none. */
final class ConnectCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    addRefusals(table);
    addWays(table);
    addSeveral(table);
  }

  /** What {@code DriverManager} throws for the scene's URL with one part exchanged. */
  private static FidelityCase refused(String part, String replacement) {
    return scene -> attempt(scene.url().replaceFirst(part, replacement));
  }

  private static String attempt(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return Sql.rows(connection, "SELECT 'let in' AS who");
    }
  }

  private static String withoutParameters(Scene scene) {
    return scene.url().replaceFirst("\\?.*", "");
  }

  private static Properties credentials(Scene scene) {
    Properties all = org.postgresql.Driver.parseURL(scene.url(), new Properties());
    Properties credentials = new Properties();
    credentials.setProperty("user", all.getProperty("user"));
    credentials.setProperty("password", all.getProperty("password"));
    return credentials;
  }

  private static void addRefusals(CaseTable table) {
    table
        .add("connect: bad password", refused("password=[^&]*", "password=wrong"))
        .add("connect: no password", refused("password=[^&]*", "x=y"))
        .add("connect: unknown user", refused("user=[^&]*", "user=nobody_at_all"))
        .add("connect: unknown database", refused("/[^/?]*\\?", "/no_such_database?"))
        .add("connect: unknown host", refused("//[^:/]*", "//host.invalid"))
        .add("connect: refused port", refused("//([^:/]*):\\d+", "//$1:1"))
        .add("connect: a port that is no number", refused("//([^:/]*):\\d+", "//$1:no"))
        .add("connect: unknown driver property", refused("$", "&noSuchProperty=1"))
        .add("connect: a bad number", refused("$", "&prepareThreshold=many"))
        .add("connect: a bad choice", refused("$", "&sslmode=perhaps"))
        .add("connect: TLS that the server does not speak", refused("$", "&sslmode=require"))
        .add("connect: a primary that is a standby", refused("$", "&targetServerType=secondary"))
        .add("connect: an unknown server setting", refused("$", "&options=-c%20nothing=1"))
        .add("connect: a URL of no driver", refused("jdbc:postgresql:", "jdbc:nosuch:"))
        .add("connect: no URL at all", scene -> attempt("no url"))
        .add("connect: a null URL", scene -> DriverManager.getConnection(null))
        .add(
            "connect: bad password, then the right one, then bad again",
            scene -> {
              String bad = scene.url().replaceFirst("password=[^&]*", "password=wrong");
              return new Attempts()
                  .get(() -> attempt(bad))
                  .get(() -> attempt(scene.url()))
                  .get(() -> attempt(bad));
            });
  }

  private static void addWays(CaseTable table) {
    table
        .add(
            "connect: user and password as arguments",
            scene -> {
              Properties who = credentials(scene);
              String url = withoutParameters(scene);
              return new Attempts()
                  .get(
                      () ->
                          user(
                              DriverManager.getConnection(
                                  url, who.getProperty("user"), who.getProperty("password"))))
                  .get(() -> DriverManager.getConnection(url, who.getProperty("user"), "wrong"))
                  .get(() -> DriverManager.getConnection(url, who.getProperty("user"), null));
            })
        .add(
            "connect: properties with defaults",
            scene -> {
              Properties info = new Properties(credentials(scene));
              info.setProperty("ApplicationName", "with defaults");
              try (Connection connection =
                  DriverManager.getConnection(withoutParameters(scene), info)) {
                return Sql.rows(
                    connection, "SELECT current_user, current_setting('application_name')");
              }
            })
        .add(
            "connect: the URL and the properties disagree",
            scene -> {
              Properties info = new Properties();
              info.setProperty("ApplicationName", "properties");
              String url = scene.url() + "&ApplicationName=url";
              try (Connection connection = DriverManager.getConnection(url, info)) {
                return Sql.rows(connection, "SELECT current_setting('application_name')");
              }
            })
        .add(
            "connect: properties that are no strings",
            scene -> {
              Properties info = credentials(scene);
              info.put("prepareThreshold", 3);
              info.put("user", new StringBuilder("odd"));
              return user(DriverManager.getConnection(withoutParameters(scene), info));
            })
        .add(
            "connect: the driver itself",
            scene -> {
              Driver driver = DriverManager.getDriver(scene.url());
              try (Connection connection = driver.connect(scene.url(), new Properties())) {
                return List.of(
                    driver.getClass(),
                    driver.acceptsURL("jdbc:other:x"),
                    Sql.rows(connection, "SELECT 1"));
              }
            })
        .add(
            "connect: the driver itself without properties",
            scene -> user(new org.postgresql.Driver().connect(scene.url(), null)))
        .add(
            "connect: the driver itself, a URL of another driver",
            scene -> new org.postgresql.Driver().connect("jdbc:other:x", new Properties()))
        .add(
            "connect: the driver itself, a null URL",
            scene -> new org.postgresql.Driver().connect(null, new Properties()))
        .add(
            "connect: the caller's properties stay as they were",
            scene -> {
              Properties info = credentials(scene);
              DriverManager.getConnection(withoutParameters(scene), info).close();
              return info.stringPropertyNames().stream().sorted().toList();
            })
        .add(
            "connect: URL parameters that set the connection up",
            scene -> {
              Connection connection =
                  scene.open("&readOnly=true&ApplicationName=app&loginTimeout=9&tcpKeepAlive=true");
              return List.of(
                  connection.isReadOnly(),
                  connection.getClientInfo("ApplicationName"),
                  connection.getSchema(),
                  connection.getMetaData().getURL().replaceFirst("//[^/]*", ""));
            })
        .add(
            "connect: a login timeout of the DriverManager",
            scene -> {
              DriverManager.setLoginTimeout(9);
              try {
                return user(DriverManager.getConnection(scene.url()));
              } finally {
                DriverManager.setLoginTimeout(0);
              }
            });
  }

  private static String user(Connection connection) throws SQLException {
    try (connection) {
      return Sql.rows(connection, "SELECT current_user AS who");
    }
  }

  private static void addSeveral(CaseTable table) {
    table
        .add(
            "connect: two at once are two sessions",
            scene -> {
              Connection one = scene.openAfter("SET application_name = 'one'");
              Connection other = scene.openAfter("SET application_name = 'other'");
              String name = "SELECT current_setting('application_name') AS name";
              return List.of(Sql.rows(one, name), Sql.rows(other, name));
            })
        .add(
            "connect: one thread each",
            scene -> {
              ExecutorService threads = Executors.newFixedThreadPool(4);
              try {
                List<Future<String>> answers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                  String query = "SELECT " + i + " AS n";
                  answers.add(threads.submit(() -> once(scene.url(), query)));
                }
                Attempts attempts = new Attempts();
                answers.forEach(each -> attempts.get(() -> each.get(15, TimeUnit.SECONDS)));
                return attempts;
              } finally {
                threads.shutdownNow();
              }
            })
        .add(
            "connect: nothing of the one before is left",
            scene -> {
              scene
                  .openAfter(
                      "CREATE TEMP TABLE mine (id int)",
                      "SET work_mem = '77MB'",
                      "SELECT pg_advisory_lock(5)",
                      "PREPARE p AS SELECT 1")
                  .close();
              Connection next = scene.open();
              return new Attempts()
                  .get(() -> Sql.rows(next, "SHOW work_mem"))
                  .get(() -> Sql.rows(next, "SELECT * FROM mine"))
                  .get(() -> Sql.rows(next, "EXECUTE p"))
                  .get(() -> Sql.rows(scene.open(), "SELECT pg_try_advisory_lock(5)"));
            })
        .add(
            "connect: nothing of the one before is left in the driver",
            scene -> {
              Connection before = scene.open();
              before.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
              before.setHoldability(1);
              before.setTypeMap(Map.of("x", String.class));
              before.setSchema("public");
              before.setAutoCommit(false);
              Savepoint unused = before.setSavepoint();
              before.releaseSavepoint(unused);
              before.close();
              Connection next = scene.open();
              return List.of(
                  next.getTransactionIsolation(),
                  next.getHoldability(),
                  next.getTypeMap(),
                  next.getSchema(),
                  next.getAutoCommit());
            });
  }

  private static String once(String url, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return Sql.rows(connection, query);
    }
  }
}
