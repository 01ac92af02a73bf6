package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What has been set of a session through JDBC's and the driver's setters: of a logical connection,
 * what the application asked for; of a physical one, what was applied since it was new. Used by one
 * thread at a time.
 */
final class JdbcState {

  /** Stands for a value that nobody knows, such as that of a schema after a rollback. */
  private static final Object UNKNOWN = new Object();

  /** In the order in which they are applied; autocommit comes last of all, by itself. */
  private static final List<SessionProperty> APPLIED =
      List.of(
          SessionProperty.READ_ONLY,
          SessionProperty.ISOLATION,
          SessionProperty.HOLDABILITY,
          SessionProperty.SCHEMA,
          SessionProperty.NETWORK_TIMEOUT,
          SessionProperty.CLIENT_INFO,
          SessionProperty.TYPE_MAP,
          SessionProperty.PREPARE_THRESHOLD,
          SessionProperty.DEFAULT_FETCH_SIZE,
          SessionProperty.QUERY_TIMEOUT,
          SessionProperty.AUTOSAVE,
          SessionProperty.ADAPTIVE_FETCH);

  /** Each idle connection of an application has two or three, most of which know nothing. */
  private Map<SessionProperty, Object> values = Collections.emptyMap();

  /** What a connection that nobody has used yet is like. Two round trips on PostgreSQL. */
  static JdbcState of(Connection fresh) throws SQLException {
    JdbcState state = new JdbcState();
    state.put(SessionProperty.AUTO_COMMIT, fresh.getAutoCommit());
    state.put(SessionProperty.READ_ONLY, fresh.isReadOnly());
    state.put(SessionProperty.ISOLATION, fresh.getTransactionIsolation());
    state.put(SessionProperty.HOLDABILITY, fresh.getHoldability());
    state.put(SessionProperty.SCHEMA, fresh.getSchema());
    state.put(SessionProperty.CATALOG, fresh.getCatalog());
    state.put(SessionProperty.NETWORK_TIMEOUT, fresh.getNetworkTimeout());
    state.put(SessionProperty.CLIENT_INFO, asMap(fresh.getClientInfo()));
    state.put(SessionProperty.TYPE_MAP, new HashMap<>(fresh.getTypeMap()));
    PostgresDriver driver = PostgresDriver.of(fresh.getClass());
    if (driver != null) {
      for (PostgresDriver.Setting setting : driver.settings()) {
        state.put(setting.property(), PostgresDriver.call(setting.getter(), fresh));
      }
    }
    return state;
  }

  private static Map<String, String> asMap(@Nullable Properties properties) {
    Map<String, String> map = new HashMap<>();
    if (properties != null) {
      properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
    }
    return map;
  }

  /** Null says that nobody set it. */
  @Nullable Object get(SessionProperty property) {
    return values.get(property);
  }

  boolean has(SessionProperty property) {
    return values.containsKey(property);
  }

  void put(SessionProperty property, @Nullable Object value) {
    if (value != null) {
      known().put(property, value);
    } else if (!values.isEmpty()) {
      values.remove(property);
    }
  }

  private Map<SessionProperty, Object> known() {
    if (values.isEmpty()) {
      values = new EnumMap<>(SessionProperty.class);
    }
    return values;
  }

  /** Somebody changed it without saying to what. */
  void forget(SessionProperty property) {
    known().put(property, UNKNOWN);
  }

  /** Notes a setter that succeeded, with the arguments that it was given. */
  void noteSetter(SessionProperty property, @Nullable Object[] args) {
    if (property != SessionProperty.CLIENT_INFO) {
      // setNetworkTimeout has its executor first.
      put(property, args[args.length - 1]);
    } else if (args[0] instanceof Properties properties) {
      put(property, asMap(properties));
    } else if (args[0] instanceof String name) {
      Map<String, String> more = new HashMap<>();
      if (get(property) instanceof Map<?, ?> before) {
        before.forEach((key, value) -> more.put((String) key, (String) value));
      }
      if (args[1] instanceof String value) {
        more.put(name, value);
      } else {
        more.remove(name);
      }
      put(property, more);
    }
  }

  JdbcState copy() {
    JdbcState copy = new JdbcState();
    if (!values.isEmpty()) {
      copy.known().putAll(values);
    }
    return copy;
  }

  /** Whether a session has the same values with the other one, where both begin with defaults. */
  boolean isAs(JdbcState other, JdbcState defaults) {
    for (SessionProperty property : SessionProperty.values()) {
      if (!Objects.equals(or(defaults, property), other.or(defaults, property))) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Object or(JdbcState defaults, SessionProperty property) {
    Object value = values.get(property);
    return value == null ? defaults.get(property) : value;
  }

  /**
   * Whether a session on which {@code applied} was set can be made so by setters alone. A schema
   * that was not asked for cannot be taken back by one: the search path had more than one entry.
   * Nor can a role, which is somebody else's.
   */
  boolean isReachableFrom(JdbcState applied) {
    return (has(SessionProperty.SCHEMA) || !applied.has(SessionProperty.SCHEMA))
        && (has(SessionProperty.ROLE) || !applied.has(SessionProperty.ROLE));
  }

  /**
   * Sets on {@code physical} what differs from this state, all but autocommit, which is on
   * afterwards if anything was set.
   */
  void applyTo(DriverConnection physical, JdbcState defaults) throws SQLException {
    JdbcState applied = physical.jdbcState();
    if (values.equals(applied.values)) {
      return;
    }
    for (SessionProperty property : APPLIED) {
      Object wanted = or(defaults, property);
      if (wanted != null && !Objects.equals(wanted, applied.or(defaults, property))) {
        // With autocommit off the driver would begin a transaction for it.
        switchAutoCommit(physical, true);
        set(physical, property, wanted);
      }
    }
  }

  /** Once the session is set up: what sets it up may need the rights of its user. */
  void applyRole(DriverConnection physical) throws SQLException {
    if (get(SessionProperty.ROLE) instanceof String role
        && !role.equals(physical.jdbcState().get(SessionProperty.ROLE))) {
      switchAutoCommit(physical, true);
      try (Statement statement = physical.driverConnection().createStatement()) {
        statement.execute(
            role.equals("none")
                ? "SET ROLE NONE"
                : "SET ROLE " + "\"" + role.replace("\"", "\"\"") + "\"");
      }
      physical.jdbcState().put(SessionProperty.ROLE, role);
    }
  }

  /** The last thing to be applied. */
  void applyAutoCommit(DriverConnection physical, JdbcState defaults) throws SQLException {
    switchAutoCommit(physical, !Boolean.FALSE.equals(or(defaults, SessionProperty.AUTO_COMMIT)));
  }

  private static void switchAutoCommit(DriverConnection physical, boolean on) throws SQLException {
    Connection raw = physical.driverConnection();
    if (raw.getAutoCommit() != on) {
      raw.setAutoCommit(on);
      physical.state().touch(SessionProperty.AUTO_COMMIT);
    }
  }

  /** Sets what a setter has set in a set-up, whatever there is; no schema is the server's. */
  static void repeat(DriverConnection physical, SessionProperty property, @Nullable Object value)
      throws SQLException {
    if (property == SessionProperty.AUTO_COMMIT) {
      switchAutoCommit(physical, !Boolean.FALSE.equals(value));
    } else if (value != null) {
      set(physical, property, value);
    } else if (property == SessionProperty.SCHEMA) {
      physical.driverConnection().setSchema(null);
      physical.jdbcState().put(property, null);
    }
  }

  private static void set(DriverConnection physical, SessionProperty property, Object value)
      throws SQLException {
    Connection raw = physical.driverConnection();
    physical.state().touch(property);
    switch (property) {
      case READ_ONLY -> raw.setReadOnly((Boolean) value);
      case ISOLATION -> raw.setTransactionIsolation((Integer) value);
      case HOLDABILITY -> raw.setHoldability((Integer) value);
      case SCHEMA -> raw.setSchema((String) value);
      case NETWORK_TIMEOUT -> raw.setNetworkTimeout(Runnable::run, (Integer) value);
      case CLIENT_INFO -> raw.setClientInfo(asProperties((Map<?, ?>) value));
      case TYPE_MAP -> raw.setTypeMap(asTypeMap((Map<?, ?>) value));
      default -> setInDriver(raw, property, value);
    }
    physical.jdbcState().put(property, value);
  }

  private static void setInDriver(Connection raw, SessionProperty property, Object value)
      throws SQLException {
    PostgresDriver driver = PostgresDriver.of(raw.getClass());
    if (driver != null) {
      for (PostgresDriver.Setting setting : driver.settings()) {
        if (setting.property() == property) {
          PostgresDriver.call(setting.setter(), raw, value);
        }
      }
    }
  }

  static Properties asProperties(Map<?, ?> map) {
    Properties properties = new Properties();
    map.forEach((name, value) -> properties.setProperty((String) name, (String) value));
    return properties;
  }

  static Map<String, Class<?>> asTypeMap(Map<?, ?> map) {
    Map<String, Class<?>> types = new HashMap<>();
    map.forEach((name, type) -> types.put((String) name, (Class<?>) type));
    return types;
  }
}
