package io.tenantpool.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server for tests.
 *
 * <p>{@link #shared()} is one server for the whole test JVM: an embedded one by default, the one of
 * {@code -Dtest.postgres.url=jdbc:postgresql://host/db?user=…&password=…} (a superuser), or a
 * container with {@code -Dtest.postgres=testcontainers}. {@link #start} is always embedded: for
 * tests that need a server small, stopped or started again. Users that are created here have to
 * give their password.
 */
public final class TestPostgres implements AutoCloseable {

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static @Nullable TestPostgres shared;

  private final PostgresSource source;
  private final ConcurrentLinkedDeque<String> cleanUp = new ConcurrentLinkedDeque<>();

  private TestPostgres(PostgresSource source) {
    this.source = source;
  }

  /** The server of this JVM, started by the first call and ended when the JVM exits. */
  public static synchronized TestPostgres shared() {
    TestPostgres server = shared;
    if (server == null) {
      server = new TestPostgres(chosenSource());
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "test-postgres-close"));
      shared = server;
    }
    return server;
  }

  /** An embedded server with settings of its own, such as {@code max_connections}. */
  public static TestPostgres start(Map<String, String> settings) {
    try {
      return new TestPostgres(new EmbeddedSource(settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PostgresSource chosenSource() {
    String url = System.getProperty("test.postgres.url", "");
    if (!url.isEmpty()) {
      return new GivenSource(url);
    }
    String kind = System.getProperty("test.postgres", "embedded");
    try {
      return switch (kind) {
        case "embedded" ->
            new EmbeddedSource(Map.of("max_connections", "300", "max_prepared_transactions", "10"));
        case "testcontainers" -> new ContainerSource();
        default ->
            throw new IllegalArgumentException(
                "test.postgres is '" + kind + "'; known are embedded and testcontainers");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String host() {
    return source.host();
  }

  public int port() {
    return source.port();
  }

  /** A superuser. */
  public String adminUser() {
    return source.adminUser();
  }

  /** The superuser's password; empty when the server does not ask for one. */
  public String adminPassword() {
    return source.adminPassword();
  }

  /** The URL of a database, without user and password. */
  public String url(String database) {
    return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
  }

  /** The superuser's name and password, as {@link DriverManager} wants them. */
  public Properties adminProperties() {
    Properties properties = new Properties();
    properties.setProperty("user", adminUser());
    properties.setProperty("password", adminPassword());
    return properties;
  }

  /** A new connection of the superuser to the server's own database. */
  public Connection admin() throws SQLException {
    return admin(source.adminDatabase());
  }

  /** A new connection of the superuser. */
  public Connection admin(String database) throws SQLException {
    return DriverManager.getConnection(url(database), adminProperties());
  }

  /** Runs statements as the superuser. */
  public void execute(String database, String... sql) throws SQLException {
    try (Connection connection = admin(database);
        Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    }
  }

  /** A name that no other test uses: {@code prefix}, a number, and letters of this run. */
  public static String uniqueName(String prefix) {
    return prefix
        + "_"
        + NAMES.incrementAndGet()
        + "_"
        + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
  }

  /** Creates an empty database with a name of its own. */
  public String createDatabase() throws SQLException {
    return createDatabases("db", 1).get(0);
  }

  /** Creates empty databases; a few milliseconds each. */
  public List<String> createDatabases(String prefix, int count) throws SQLException {
    return createDatabasesFrom("template0", prefix, count);
  }

  /**
   * Creates copies of a database, which nobody may be connected to meanwhile.
   *
   * @return their names
   */
  public List<String> createDatabasesFrom(String template, String prefix, int count)
      throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection admin = admin();
        Statement statement = admin.createStatement()) {
      for (int i = 0; i < count; i++) {
        String name = uniqueName(prefix);
        statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        cleanUp.addFirst("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        names.add(name);
      }
    }
    return names;
  }

  /**
   * Creates a user, who may do everything in every database that is created here, {@code public}
   * schema included, but is no superuser.
   */
  public String createUser(String prefix, String password) throws SQLException {
    String name = uniqueName(prefix);
    execute(
        source.adminDatabase(),
        "CREATE ROLE "
            + name
            + " LOGIN PASSWORD '"
            + password.replace("'", "''")
            + "' IN ROLE pg_read_all_data, pg_write_all_data, pg_signal_backend");
    cleanUp.addLast("DROP ROLE IF EXISTS " + name);
    return name;
  }

  /** Makes {@code user} the owner of {@code database}. */
  public void give(String database, String user) throws SQLException {
    execute(source.adminDatabase(), "ALTER DATABASE " + database + " OWNER TO " + user);
    execute(database, "GRANT ALL ON SCHEMA public TO " + user);
  }

  /**
   * Skips the test when the server lets users in without looking at their password, as a server of
   * {@code test.postgres.url} may.
   */
  public void assumePasswordsAreChecked() throws SQLException {
    String user = createUser("checked", "right");
    Properties wrong = new Properties();
    wrong.setProperty("user", user);
    wrong.setProperty("password", "wrong");
    boolean letIn = true;
    try (Connection connection = DriverManager.getConnection(url(source.adminDatabase()), wrong)) {
      letIn = connection != null;
    } catch (SQLException expected) {
      letIn = false;
    }
    Assumptions.assumeFalse(letIn, "the server does not check passwords");
  }

  /** Stops the server, breaking all sessions; keeps its data and its port. */
  public void stop() throws IOException {
    source.stop();
  }

  /** Starts the server again after {@link #stop}. */
  public void startAgain() throws IOException {
    source.startAgain();
  }

  /** Drops what was created on a server that is kept, and ends any other. */
  @Override
  public void close() {
    try {
      if (source.isKept()) {
        execute(source.adminDatabase(), cleanUp.toArray(String[]::new));
      }
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("could not drop what the tests created", e);
    }
  }
}
