package io.tenantpool.simulation;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.OutdatedSessionException;
import io.tenantpool.connection.PhysicalConnection;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One session of a {@link SimulatedServer}, and the driver's connection to it. */
public final class SimulatedSession implements PhysicalConnection {

  private static final Connection DRIVERS_OWN =
      (Connection)
          Proxy.newProxyInstance(
              SimulatedSession.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) ->
                  method.getReturnType() == boolean.class ? Boolean.FALSE : null);

  private final SimulatedServer server;
  private final World world;
  private final String account;
  private final long id;
  private final SimulatedSocket socket;
  private @Nullable Thread inside;
  private @Nullable Origin origin;
  private boolean used;
  private boolean dead;
  private boolean broken;
  private boolean aborted;
  private boolean closed;
  private boolean outdated;
  private boolean remembered;
  private boolean handedOut;

  SimulatedSession(SimulatedServer server, String account, long id, SimulatedSocket socket) {
    this.socket = socket;
    this.server = server;
    this.world = server.world;
    this.account = account;
    this.id = id;
  }

  /** The server has ended it; the client does not know yet. */
  void die() {
    dead = true;
  }

  /** Whose it is. */
  public String account() {
    return account;
  }

  /** Whether its socket is closed. */
  public boolean isClosed() {
    return closed;
  }

  private void enter(String call) {
    world.note(call, this);
    if (closed) {
      throw world.broke(call + " of a closed connection: " + this);
    }
    if (inside != null) {
      throw world.broke(call + " while " + inside.getName() + " is inside: " + this);
    }
    inside = Thread.currentThread();
  }

  private void leave() {
    inside = null;
  }

  /** A lease begins, as {@code user}, for whom {@code login} was asked. */
  public void begins(@Nullable Origin user, String login) {
    if (!login.equals(account)) {
      throw world.broke(login + " has a session of " + account);
    }
    if (used && (user == null || origin != user)) {
      throw world.broke("a session that somebody else has used: " + this);
    }
  }

  /** One statement of whoever has the lease. False when the session turns out to be lost. */
  public boolean use() {
    enter("statement");
    try {
      world.sleep("statement", server.latency());
      if (dead || aborted || server.isSilent()) {
        broken = true;
        return false;
      }
      return true;
    } finally {
      leave();
    }
  }

  /** The lease has left something in it. */
  public void leavesTraces(@Nullable Origin user, boolean isRemembered) {
    used = true;
    origin = user;
    remembered = user != null && isRemembered;
    handedOut = world.oneIn(40);
  }

  @Override
  public Connection driverConnection() {
    return DRIVERS_OWN;
  }

  @Override
  public boolean isBroken() {
    return broken;
  }

  @Override
  public boolean isReusable() {
    return !broken && !handedOut;
  }

  @Override
  public boolean isUntouched() {
    return !used;
  }

  @Override
  public @Nullable Origin origin() {
    return origin;
  }

  @Override
  public boolean isRemembered() {
    return remembered;
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
  public boolean isValid(Duration timeout) {
    enter("validation");
    try {
      long end = world.now() + timeout.toNanos();
      world.sleep("validation", Math.min(server.latency(), timeout.toNanos()));
      server.faults().strike("validation");
      if (server.isSilent()) {
        world.await("silence: validation", () -> !server.isSilent() || aborted, end - world.now());
      }
      broken |= dead || aborted || server.isSilent();
      return !broken && !outdated;
    } finally {
      leave();
    }
  }

  @Override
  public void reset() throws SQLException {
    enter("reset");
    try {
      if (outdated) {
        throw new OutdatedSessionException("injected: outdated");
      }
      world.sleep("reset", server.latency());
      world.await("silence: reset", () -> !server.isSilent() || aborted, World.FOR_EVER);
      if (dead || aborted) {
        broken = true;
        throw Faults.refusal("terminated", "57P01");
      }
      server.faults().strike("reset");
      server.faults().fail("reset");
      used = false;
      origin = null;
      remembered = false;
    } finally {
      leave();
    }
  }

  @Override
  public void abort() {
    world.note("abort", this);
    aborted = true;
    broken = true;
    server.faults().strike("abort");
  }

  @Override
  public void close() {
    enter("close");
    try {
      world.sleep("close", server.latency());
    } finally {
      leave();
      closed = true;
      server.closed(this);
    }
    server.faults().strike("close");
  }

  @Override
  public OptionalInt serverLimit() throws SQLException {
    enter("limit");
    try {
      world.sleep("limit", server.latency());
      world.await("silence: limit", () -> !server.isSilent() || socket.isClosed(), World.FOR_EVER);
      if (socket.isClosed()) {
        broken = true;
        throw Faults.refusal("socket closed", "08006");
      }
      server.faults().strike("limit");
      server.faults().fail("limit");
      return server.room() == Integer.MAX_VALUE
          ? OptionalInt.empty()
          : OptionalInt.of(server.room());
    } finally {
      leave();
    }
  }

  @Override
  public String toString() {
    return "session " + id + " of " + account;
  }
}
