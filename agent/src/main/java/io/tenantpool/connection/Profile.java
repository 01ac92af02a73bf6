package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the connections of one pool key since the first of them was opened: enough to
 * give an application pool more of them without opening any. Forgotten with the last of them.
 *
 * @param poolKey of which this is known
 * @param connectionClass the driver's class of connections
 * @param defaults what a new one is like
 * @param reachability whether the server answers
 * @param isPortable whether its sessions can be made clean, and so can serve several logical
 *     connections in turn
 */
record Profile(
    Object poolKey,
    Class<?> connectionClass,
    JdbcState defaults,
    Reachability reachability,
    boolean isPortable) {

  /** By driver, so that all of it goes with the driver's class. */
  private static final ClassValue<Profiles> KNOWN =
      new ClassValue<>() {
        @Override
        protected Profiles computeValue(Class<?> driver) {
          return new Profiles();
        }
      };

  /** What is known; null before the first connection. */
  static @Nullable Profile of(PooledSource source) {
    return KNOWN.get(source.driverClass()).find(source.poolKey());
  }

  /** Learns from the first connection, which nobody has used yet. */
  static Profile learn(PooledSource source, DriverConnection first) throws SQLException {
    Connection raw = first.driverConnection();
    boolean portable = first.isResettable();
    first.markTouched();
    JdbcState defaults = portable ? JdbcState.of(raw) : new JdbcState();
    if (portable && PostgresDriver.of(raw.getClass()) != null) {
      DriverTypes.of(raw.getClass()).learnStatements(raw);
    }
    Reachability reachability = source.server().ofPoolKey();
    Profile profile =
        new Profile(source.poolKey(), raw.getClass(), defaults, reachability, portable);
    KNOWN.get(source.driverClass()).put(profile);
    return profile;
  }
}
