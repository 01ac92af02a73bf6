package io.tenantpool.connection;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

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
      Connection connection = new DirectConnection(lease).connection();
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        lease.end();
      }
    }
  }

  /**
   * Opens a logical connection for an application pool: it has a physical one from the first real
   * use of a checkout until the pool takes it back. The first connection of a pool key is opened at
   * once, so that a wrong password or an unknown database fails where the application expects it.
   *
   * @throws SQLException what {@link PooledSource#acquire} throws, unchanged
   */
  public Connection openPooled(Origin origin, PooledSource source) throws SQLException {
    Profile profile = Profile.of(source);
    if (profile == null) {
      return openFirst(origin, source);
    }
    return profile.isPortable()
        ? new PortableConnection(new Portability(origin, profile)).connection()
        : open(() -> source.acquire(null));
  }

  private static Connection openFirst(Origin origin, PooledSource source) throws SQLException {
    Lease lease = source.acquire(null);
    boolean taken = false;
    try {
      Profile profile = Profile.learn(source, (DriverConnection) lease.physical());
      if (!profile.isPortable()) {
        Connection direct = new DirectConnection(lease).connection();
        taken = true;
        return direct;
      }
      PortableConnection portable = new PortableConnection(new Portability(origin, profile));
      taken = true;
      portable.beginWith(lease);
      return portable.connection();
    } finally {
      if (!taken) {
        lease.end();
      }
    }
  }

  /** The application pool has set {@code connection} up. Ignores what is not such a connection. */
  public void setUpEnded(Object connection) {
    PortableConnection portable = find(connection);
    if (portable != null) {
      portable.setUpEnded();
    }
  }

  /** The application pool is about to hand {@code connection} out. Ignores what is not ours. */
  public void lent(@Nullable Object connection) {
    PortableConnection portable = find(connection);
    if (portable != null) {
      portable.lent();
    }
  }

  /**
   * The application pool is about to use {@code connection} on a thread that the calling one will
   * wait for: takes a lease now, if it has none. What fails will fail again where it is used.
   * Ignores what is not ours.
   */
  public void used(@Nullable Object connection) {
    PortableConnection portable = find(connection);
    if (portable != null) {
      portable.takeLease();
    }
  }

  /** The application pool has {@code connection} back. Ignores what is not ours. */
  public void returned(@Nullable Object connection) {
    PortableConnection portable = find(connection);
    if (portable != null) {
      portable.returned();
    }
  }

  private static @Nullable PortableConnection find(@Nullable Object connection) {
    return connection instanceof Proxy
            && Proxy.getInvocationHandler(connection) instanceof LogicalObject object
            && object.kind() == ObjectKind.CONNECTION
            && object.session() instanceof PortableConnection portable
        ? portable
        : null;
  }
}
