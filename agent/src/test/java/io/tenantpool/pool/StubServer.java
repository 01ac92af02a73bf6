package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.OutdatedSessionException;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.PhysicalOpener;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A database server that exists in numbers only: counts its sockets, and does at connect,
 * validation, reset and close what a test says.
 */
final class StubServer {

  /** Something that a test wants to happen at a step; may block or throw. */
  @FunctionalInterface
  interface Step {
    void run() throws SQLException;
  }

  final AtomicInteger sockets = new AtomicInteger();
  final AtomicInteger mostSockets = new AtomicInteger();
  final AtomicInteger opens = new AtomicInteger();
  volatile Step onOpen = () -> {};
  volatile Step onReset = () -> {};
  volatile Step onValidation = () -> {};
  volatile Step onClose = () -> {};
  volatile boolean valid = true;
  volatile boolean untouched;
  volatile int limit = -1;
  volatile @Nullable RuntimeException limitFault;

  /** What happens before it says how many it allows. */
  volatile @Nullable Runnable limitAnswer;

  PhysicalOpener opener(String tenant) {
    return () -> open(tenant);
  }

  PhysicalOpener opener() {
    return opener("");
  }

  /** A connection that was opened without anybody noticing. */
  Physical physical() {
    return new Physical("");
  }

  private Physical open(String tenant) throws SQLException {
    int open = sockets.incrementAndGet();
    mostSockets.accumulateAndGet(open, Math::max);
    try {
      onOpen.run();
    } catch (Throwable e) {
      sockets.decrementAndGet();
      throw e;
    }
    opens.incrementAndGet();
    return new Physical(tenant);
  }

  final class Physical implements PhysicalConnection {

    final String tenant;
    volatile boolean broken;
    volatile boolean reusable = true;
    volatile boolean dirty;
    volatile boolean changedForGood;
    volatile boolean remembered;
    volatile @Nullable Origin origin;
    volatile boolean closed;
    volatile boolean outdated;
    volatile long oldestUser;
    volatile @Nullable Thread user;
    private final Connection driver =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, args) -> method.getName().equals("isClosed") ? closed : null);

    Physical(String tenant) {
      this.tenant = tenant;
    }

    @Override
    public Connection driverConnection() {
      return driver;
    }

    @Override
    public boolean isBroken() {
      return broken;
    }

    @Override
    public boolean isReusable() {
      return reusable && !broken;
    }

    @Override
    public boolean isRemembered() {
      return remembered;
    }

    @Override
    public boolean isChangedForGood() {
      return changedForGood;
    }

    @Override
    public boolean isValid(Duration timeout) {
      try {
        onValidation.run();
      } catch (SQLException e) {
        return false;
      }
      return valid && !broken;
    }

    @Override
    public void reset() throws SQLException {
      if (outdated) {
        throw new OutdatedSessionException("outdated");
      }
      onReset.run();
      dirty = false;
      origin = null;
    }

    @Override
    public @Nullable Origin origin() {
      return origin;
    }

    /**
     * Leaves something in the session, as a lease does that uses it. False when somebody else has
     * left something there: another application pool, or the application itself.
     */
    boolean use(@Nullable Origin user) {
      boolean own = !dirty || (user != null && origin == user);
      dirty = true;
      origin = user;
      return own;
    }

    @Override
    public long oldestUser() {
      return oldestUser;
    }

    @Override
    public void outdate() {
      outdated = true;
    }

    @Override
    public boolean isOutdated() {
      return outdated;
    }

    @Override
    public boolean isUntouched() {
      return untouched;
    }

    @Override
    public void abort() {
      broken = true;
    }

    @Override
    public void close() {
      if (closed) {
        throw new IllegalStateException("closed twice");
      }
      closed = true;
      try {
        onClose.run();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      sockets.decrementAndGet();
    }

    @Override
    public OptionalInt serverLimit() {
      RuntimeException fault = limitFault;
      if (fault != null) {
        throw fault;
      }
      int says = limit;
      Runnable before = limitAnswer;
      if (before != null) {
        before.run();
      }
      return says < 0 ? OptionalInt.empty() : OptionalInt.of(says);
    }
  }
}
