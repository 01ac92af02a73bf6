package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The reset of a PostgreSQL session: one round trip for the server's side, none for the driver's.
 * What it covers, and what {@code DISCARD ALL} leaves behind, is written in {@code
 * docs/session-state.md}.
 *
 * <p>Source: <a href="https://www.postgresql.org/docs/current/sql-discard.html">DISCARD</a>.
 */
final class PostgresReset implements SessionReset {

  /**
   * An ordinary user gets what the reserved slots leave; {@code reserved_connections} exists since
   * PostgreSQL 16.
   */
  private static final String SERVER_LIMIT =
      "SELECT current_setting('max_connections')::int"
          + " - current_setting('superuser_reserved_connections')::int"
          + " - coalesce(nullif(current_setting('reserved_connections', true), ''), '0')::int,"
          + " pg_backend_pid()";

  /** From this version on, pg_stat_statements counts SETs of different values as one statement. */
  private static final int NORMALIZES_SET = 18;

  /** From this version on, DISCARD ALL leaves the role that ALTER ROLE ... SET role gives. */
  private static final int KEEPS_ROLE_OF_USER = 18;

  /** From this version on, the driver does not set extra_float_digits itself. */
  private static final int SHORTEST_FLOATS = 12;

  private final PostgresDriver driver;
  private final boolean readOnly;
  private final int holdability;
  private final int networkTimeout;
  private final boolean standardConformingStrings;
  private final @Nullable Object[] settings;
  private final List<String> commands;
  private final String together;
  private final boolean seeds;
  private final PostgresLogin login;

  PostgresReset(
      PostgresDriver driver,
      Connection connection,
      @Nullable String timeZone,
      LoginAnswers.@Nullable OfAccount logins)
      throws SQLException {
    this.driver = driver;
    readOnly = connection.isReadOnly();
    holdability = connection.getHoldability();
    networkTimeout = connection.getNetworkTimeout();
    standardConformingStrings = driver.standardConformingStrings(connection);
    List<PostgresDriver.Setting> known = driver.settings();
    settings = new Object[known.size()];
    for (int i = 0; i < settings.length; i++) {
      settings[i] = PostgresDriver.call(known.get(i).getter(), connection);
    }
    int version = connection.getMetaData().getDatabaseMajorVersion();
    seeds = version >= NORMALIZES_SET;
    login = new PostgresLogin(version, logins);
    String setZone = timeZone == null ? null : "SET TimeZone = " + literal(zone(timeZone));
    if (setZone != null) {
      execute(connection, List.of(setZone));
    }
    commands = commands(driver, connection, version, setZone);
    together = String.join(";", commands);
  }

  private static List<String> commands(
      PostgresDriver driver, Connection connection, int version, @Nullable String setZone)
      throws SQLException {
    List<String> commands = new ArrayList<>();
    commands.add("DISCARD ALL");
    if (version < KEEPS_ROLE_OF_USER) {
      // Some minor versions forget a role that ALTER ROLE ... SET role gave the session at its
      // start.
      commands.add("RESET ROLE");
    }
    // pgjdbc gives the session its name, and before PostgreSQL 12 its digits, with SET after the
    // start-up, so that the server's reset does not know them.
    String name = applicationName(driver, connection);
    if (name != null && !name.isEmpty()) {
      commands.add("SET application_name = " + literal(name));
    }
    if (version < SHORTEST_FLOATS) {
      commands.add("SET extra_float_digits = 3");
    }
    if (setZone != null) {
      commands.add(setZone);
    }
    return List.copyOf(commands);
  }

  /**
   * The name that the session has. A connection pooler such as PgBouncer in its transaction mode
   * does not tell the driver, and then the server has to be asked.
   */
  private static @Nullable String applicationName(PostgresDriver driver, Connection connection)
      throws SQLException {
    String reported = driver.parameterStatus(connection, "application_name");
    if (reported != null && !reported.isEmpty()) {
      return reported;
    }
    try (Statement statement = connection.createStatement();
        ResultSet result = PostgresDriver.queryOnce(statement, "SHOW application_name")) {
      return result.next() ? result.getString(1) : null;
    } catch (SQLException e) {
      // A server that speaks PostgreSQL's protocol and has no such name.
      return null;
    }
  }

  /** As pgjdbc writes a zone of Java: the signs of PostgreSQL's offsets are those of POSIX. */
  private static String zone(String javaZone) {
    if (javaZone.length() <= 3 || !javaZone.startsWith("GMT")) {
      return javaZone;
    }
    return switch (javaZone.charAt(3)) {
      case '+' -> "GMT-" + javaZone.substring(4);
      case '-' -> "GMT+" + javaZone.substring(4);
      default -> javaZone;
    };
  }

  /** Right whether standard_conforming_strings is on or off. */
  private static String literal(String value) {
    String quoted = "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
    return value.indexOf('\\') < 0 ? quoted : "E" + quoted;
  }

  @Override
  public void reset(Connection connection, SessionState state) throws SQLException {
    if (driver.standardConformingStrings(connection) != standardConformingStrings) {
      // The driver keeps parsed statements, and parsed these by the other rule for backslashes.
      throw new SQLException("standard_conforming_strings was changed: not reusable");
    }
    endTransaction(connection);
    connection.setReadOnly(false);
    if (!connection.getAutoCommit()) {
      connection.setAutoCommit(true);
    }
    discardAll(connection, state);
    restoreDriver(connection, state);
  }

  private void endTransaction(Connection connection) throws SQLException {
    if (!driver.inTransaction(connection)) {
      return;
    }
    if (connection.getAutoCommit()) {
      // A BEGIN of the application's own, which Connection.rollback refuses to end.
      execute(connection, List.of("ROLLBACK"));
    } else {
      connection.rollback();
    }
  }

  /**
   * The text is the same each time, for the driver keeps what it has parsed; but for a lease that
   * spoke of the seed.
   */
  private void discardAll(Connection connection, SessionState state) throws SQLException {
    boolean seed = seeds && state.isTouched(SessionProperty.SEED);
    if (driver.canPipeline(connection)) {
      execute(connection, List.of(seed ? together + ";SET seed = " + seed() : together));
      return;
    }
    // In one simple message they would be one transaction, in which DISCARD ALL cannot run.
    execute(connection, commands);
    if (seed) {
      execute(connection, List.of("SET seed = " + seed()));
    }
  }

  /** DISCARD ALL leaves random() where a setseed() of the application put it. */
  private static String seed() {
    return "0." + ThreadLocalRandom.current().nextInt(100_000_000, 1_000_000_000);
  }

  private static void execute(Connection connection, List<String> commands) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A time-out of the driver's own would need a timer; the network time-out bounds the reset.
      statement.setQueryTimeout(0);
      for (String command : commands) {
        PostgresDriver.executeOnce(statement, command);
      }
    }
  }

  private void restoreDriver(Connection connection, SessionState state) throws SQLException {
    if (readOnly) {
      // Where the URL asks for it, the driver told the server too, and DISCARD ALL undid that.
      connection.setReadOnly(true);
    }
    if (state.isTouched(SessionProperty.HOLDABILITY)) {
      connection.setHoldability(holdability);
    }
    if (connection.getNetworkTimeout() != networkTimeout) {
      connection.setNetworkTimeout(Runnable::run, networkTimeout);
    }
    if (state.isTouched(SessionProperty.TYPE_MAP)) {
      connection.setTypeMap(new HashMap<>());
    }
    List<PostgresDriver.Setting> known = driver.settings();
    for (int i = 0; i < settings.length; i++) {
      if (state.isTouched(known.get(i).property())) {
        PostgresDriver.call(known.get(i).setter(), connection, settings[i]);
      }
    }
    driver.dropNotifications(connection);
    connection.clearWarnings();
    QueryTimer.release(connection);
  }

  @Override
  public boolean wouldLoginGiveTheSame(Connection connection) throws SQLException {
    return login.wouldGiveTheSame(connection);
  }

  @Override
  public void lookAgain() {
    login.lookAgain();
  }

  @Override
  public void loginsChanged() {
    login.changed();
  }

  @Override
  public boolean isInTransaction(Connection connection) throws SQLException {
    return driver.inTransaction(connection);
  }

  @Override
  public boolean hasFailedTransaction(Connection connection) throws SQLException {
    return driver.hasFailedTransaction(connection);
  }

  @Override
  public OptionalInt serverLimit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = PostgresDriver.queryOnce(statement, SERVER_LIMIT)) {
      if (!result.next() || isBehindPooler(connection, result.getInt(2))) {
        return OptionalInt.empty();
      }
      return OptionalInt.of(result.getInt(1));
    }
  }

  /**
   * Whether somebody else than the server answered the login. A connection pooler shares the
   * server's sessions out among its clients, so it invents the process number by which they cancel,
   * as PgBouncer does, and the limit of the server is none of its own.
   */
  private boolean isBehindPooler(Connection connection, int process) throws SQLException {
    OptionalInt told = driver.backendProcess(connection);
    return told.isPresent() && told.getAsInt() != process;
  }
}
