package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A small pool of physical connections of PostgreSQL for logical ones of application pools: keeps a
 * session for its origin, resets it for anybody else. The one that was given back longest ago is
 * lent first, so that nobody gets the same one twice if there are two.
 */
final class SessionPool implements PooledSource, AutoCloseable {

  private final PhysicalOpener opener;
  private final Object key = new Object();
  private final Deque<DriverConnection> free = new ArrayDeque<>();
  private final List<DriverConnection> all = new ArrayList<>();
  private final List<Pin> pins = new ArrayList<>();
  private final List<@Nullable Origin> asked = new ArrayList<>();
  private final List<Origin> abandoned = new ArrayList<>();
  private final List<Long> closed = new ArrayList<>();
  private int leased;
  private final Reachability server = new Reachability();
  private @Nullable SQLException failure;
  private boolean allowsOneStatement;

  SessionPool(PhysicalOpener opener) {
    this.opener = opener;
  }

  static SessionPool ofPostgres(String... properties) {
    return new SessionPool(() -> DriverConnection.of(Postgres.connect(properties)));
  }

  /** Has at least two free connections from now on. */
  SessionPool warm() throws SQLException {
    Lease one = acquire(null);
    Lease two = acquire(null);
    one.end();
    two.end();
    asked.clear();
    return this;
  }

  /** See {@link StatementGuard}; for connections that are opened from now on. */
  void allowOneStatement() {
    allowsOneStatement = true;
  }

  @Override
  public boolean allowsOneStatement() {
    return allowsOneStatement;
  }

  @Override
  public synchronized Lease acquire(@Nullable Origin origin) throws SQLException {
    if (failure != null) {
      throw failure;
    }
    asked.add(origin);
    DriverConnection physical = takeFree(origin);
    leased++;
    return new SessionLease(physical);
  }

  private DriverConnection takeFree(@Nullable Origin origin) throws SQLException {
    for (Iterator<DriverConnection> each = free.iterator(); each.hasNext(); ) {
      DriverConnection physical = each.next();
      each.remove();
      if (physical.origin() == origin || physical.origin() == null) {
        return physical;
      }
      if (!physical.isChangedForGood()) {
        physical.reset();
        return physical;
      }
      physical.close();
      break;
    }
    DriverConnection opened = (DriverConnection) opener.open();
    all.add(opened);
    return opened;
  }

  @Override
  public void abandoned(Origin origin) {
    abandoned.add(origin);
  }

  @Override
  public synchronized void closed(Origin origin, long connection) {
    closed.add(connection);
    free.removeIf(
        session -> {
          boolean goes = session.origin() == origin && session.oldestUser() <= connection;
          if (goes) {
            session.close();
          }
          return goes;
        });
  }

  /** The numbers of the connections that have worked and were closed. */
  List<Long> closed() {
    return closed;
  }

  /** Whose last connection was closed. */
  List<Origin> abandoned() {
    return abandoned;
  }

  @Override
  public Object poolKey() {
    return key;
  }

  @Override
  public Class<?> driverClass() {
    return org.postgresql.Driver.class;
  }

  /** Lends nothing any more. */
  void fail() {
    fail("XX000");
  }

  /** The same, and says why. */
  void fail(String sqlState) {
    fail(new SQLException("no connection", sqlState));
  }

  /** The same, with what it throws. */
  void fail(SQLException thrown) {
    failure = thrown;
  }

  @Override
  public Reachability server() {
    return server;
  }

  /** How many leases there are now. */
  synchronized int leased() {
    return leased;
  }

  /** How many leases there ever were. */
  synchronized int leases() {
    return asked.size();
  }

  List<Pin> pins() {
    return pins;
  }

  int opened() {
    return all.size();
  }

  /** What is free now, the one lent next first. */
  synchronized List<DriverConnection> free() {
    return List.copyOf(free);
  }

  @Override
  public synchronized void close() {
    all.forEach(DriverConnection::close);
  }

  private final class SessionLease implements Lease {

    private final DriverConnection physical;
    private final AtomicBoolean ended = new AtomicBoolean();

    SessionLease(DriverConnection physical) {
      this.physical = physical;
    }

    @Override
    public PhysicalConnection physical() {
      return physical;
    }

    @Override
    public void end() {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      synchronized (SessionPool.this) {
        leased--;
        boolean toReset = physical.origin() == null && !physical.isUntouched();
        if (!physical.isReusable() || toReset && physical.isChangedForGood()) {
          physical.close();
          return;
        }
        try {
          if (toReset) {
            physical.reset();
          }
          free.addLast(physical);
        } catch (SQLException e) {
          physical.close();
        }
      }
    }

    @Override
    public void pinned(Pin cause, @Nullable StackTraceElement site) {
      pins.add(cause);
    }
  }

  /** One application pool's way through the phases of a connection. */
  static final class Checkouts {

    private final LogicalConnections connections = new LogicalConnections();
    private final Origin origin = new Origin("test");
    private final SessionPool pool;

    Checkouts(SessionPool pool) {
      this.pool = pool;
    }

    /** In its set-up. */
    Connection opening() throws SQLException {
      return connections.openPooled(origin, pool);
    }

    /** Set up, in the pool's hands. */
    Connection open() throws SQLException {
      return setUp(opening());
    }

    Connection setUp(Connection connection) {
      PoolSide.of(connection).setUpEnded();
      return connection;
    }

    boolean resume(Connection connection) {
      return PoolSide.of(connection).resumeSetUp();
    }

    Connection lend(Connection connection) {
      PoolSide.of(connection).lent();
      return connection;
    }

    void use(Connection connection) {
      PoolSide.of(connection).used();
    }

    void takeBack(Connection connection) {
      PoolSide.of(connection).returned();
    }
  }
}
