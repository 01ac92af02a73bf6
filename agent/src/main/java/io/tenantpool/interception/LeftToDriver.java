package io.tenantpool.interception;

import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.NotPooled;
import io.tenantpool.connection.CallSite;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.routing.Route;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections that a driver opened by itself, and says why and where. A driver that only
 * wraps another one (of {@code p6spy}, of a tracer) is not meant: what counts is the innermost.
 */
final class LeftToDriver {

  private enum Call {
    /** The driver goes on by itself. */
    BEGUN,
    /** A driver beneath it has got a connection that was pooled or counted. */
    SERVED
  }

  private final PoolManager pool;
  private final ModeSwitch mode;
  private final Creations creations;

  /** The call of a driver's {@code connect} that this thread was in last. */
  private final ThreadLocal<Call> last = new ThreadLocal<>();

  /** Whether any call ever went on by itself: where all is pooled, nothing is looked up. */
  private volatile boolean anyBegun;

  LeftToDriver(PoolManager pool, ModeSwitch mode, Creations creations) {
    this.pool = pool;
    this.mode = mode;
    this.creations = creations;
  }

  /** This thread's driver goes on by itself. */
  void begun() {
    if (!anyBegun) {
      anyBegun = true;
    }
    last.set(Call.BEGUN);
  }

  /** This thread's driver got a connection from the agent. */
  void served() {
    if (anyBegun && last.get() == Call.BEGUN) {
      last.set(Call.SERVED);
    }
  }

  /** The driver has opened {@code connection}, though the request goes {@code route}. */
  void opened(Object driver, Route route, Connection connection) {
    if (last.get() == Call.SERVED) {
      return;
    }
    last.set(Call.SERVED);
    String server = server(route);
    if (server != null) {
      pool.bypassed(server, connection);
    }
    NotPooled reason = reason(route);
    Object site = reason == NotPooled.MODE ? "tenantpool.mode=" + mode.current() : site(driver);
    boolean isByRule = route instanceof Route.Bypass bypass && bypass.reason() == reason;
    String detail = isByRule ? ((Route.Bypass) route).detail() : driver.getClass().getName();
    pool.unpooled().add(new Unpooled(reason, server, site, detail));
  }

  /** A connection of {@code driver} that the pool has opened is of no use for anybody else. */
  void withoutReset(Object driver, String server) {
    pool.unpooled()
        .add(
            new Unpooled(
                NotPooled.NO_RESET,
                server,
                DriverSightings.named(driver.getClass()),
                "its connections are not those of a driver whose reset is known"));
  }

  private static Object site(Object driver) {
    StackTraceElement line = CallSite.here();
    return line == null ? DriverSightings.named(driver.getClass()) : line;
  }

  private NotPooled reason(Route route) {
    if (mode.current() == Mode.OFF) {
      return NotPooled.MODE;
    }
    if (creations.isBypass()) {
      return NotPooled.XA;
    }
    return route instanceof Route.Bypass bypass ? bypass.reason() : NotPooled.AGENT_FAULT;
  }

  private static @Nullable String server(Route route) {
    return route instanceof Route.Bypass bypass ? bypass.server() : ((Route.Pooled) route).server();
  }
}
