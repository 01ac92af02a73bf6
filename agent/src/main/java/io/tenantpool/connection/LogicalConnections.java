package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes what the application holds instead of a driver's connection: an object with all public
 * interfaces of the driver's connection class, whose every call goes to the physical connection of
 * its lease while that lasts.
 */
public final class LogicalConnections {

  /**
   * Opens a logical connection on a lease of its own, which lasts until the application closes it.
   *
   * @throws SQLException what {@link LeaseSource#acquire} throws, unchanged
   */
  public Connection open(LeaseSource source) throws SQLException {
    Lease lease = source.acquire();
    boolean opened = false;
    try {
      Connection connection = new DirectConnection(lease, source.allowsOneStatement()).connection();
      opened = true;
      source.opened();
      return connection;
    } finally {
      if (!opened) {
        lease.end();
      }
    }
  }

  /**
   * Opens a logical connection for an application pool: it has a physical one from the first real
   * use of a checkout until the pool takes it back. The first connection with new credentials is
   * opened at once, so that a wrong password or an unknown database fails where the application
   * expects it; so are further ones while it is in doubt whether the server answers.
   *
   * @throws SQLException what {@link PooledSource#acquire} throws, unchanged
   */
  public Connection openPooled(Origin origin, PooledSource source) throws SQLException {
    Connection connection = openUncounted(origin, source);
    source.openedByPool(origin);
    return connection;
  }

  private Connection openUncounted(Origin origin, PooledSource source) throws SQLException {
    Profile profile = Profile.of(source);
    PooledSource proven = profile == null ? null : source.ifProven();
    if (profile == null || proven == null) {
      return openFirst(origin, source);
    }
    if (!profile.isPortable()) {
      return open(source.first());
    }
    return profile.reachability().isInDoubt()
        ? openProven(origin, profile, proven)
        : new PortableConnection(new Portability(origin, profile, proven)).connection();
  }

  private static Connection openProven(Origin origin, Profile profile, PooledSource proven)
      throws SQLException {
    PortableConnection portable = new PortableConnection(new Portability(origin, profile, proven));
    boolean opened = false;
    try {
      portable.beginProven();
      opened = true;
      return portable.connection();
    } catch (LoginRefusedException e) {
      throw e.refusal();
    } finally {
      if (!opened) {
        portable.close();
      }
    }
  }

  private static Connection openFirst(Origin origin, PooledSource source) throws SQLException {
    Lease lease = source.acquire(null);
    boolean taken = false;
    try {
      Profile profile = Profile.learn(source, (DriverConnection) lease.physical());
      if (!profile.isPortable()) {
        Connection direct = new DirectConnection(lease, source.allowsOneStatement()).connection();
        taken = true;
        return direct;
      }
      PortableConnection portable =
          new PortableConnection(new Portability(origin, profile, source));
      taken = true;
      portable.beginWith(lease);
      return portable.connection();
    } finally {
      if (!taken) {
        lease.end();
      }
    }
  }
}
