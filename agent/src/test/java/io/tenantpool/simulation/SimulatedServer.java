package io.tenantpool.simulation;

import io.tenantpool.connection.Connecting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A database server behind a network: refuses, fails, falls silent, kills sessions, comes back. */
public final class SimulatedServer {

  /** The connect timeout of the driver. */
  private static final long DRIVER_TIMEOUT_NANOS = 10_000_000_000L;

  final World world;
  final Options options;
  private final List<SimulatedSession> sessions = new ArrayList<>();
  private Faults faults;
  private int connecting;
  private int room = Integer.MAX_VALUE;
  private boolean down;
  private boolean silent;
  private long ids;

  /** A server that is well. */
  public SimulatedServer(World world, Options options) {
    this.world = world;
    this.options = options;
    faults = new Faults(world, options.faultOdds, true);
  }

  Faults faults() {
    return faults;
  }

  /** As often as its own: of somebody who may throw only what is unchecked. */
  public Faults listenersFaults() {
    return new Faults(world, options.faultOdds, false);
  }

  /** Sockets of the client: open, or being opened. */
  public int sockets() {
    return sessions.size() + connecting;
  }

  /** Opens a session of {@code account} on the calling thread. */
  public SimulatedSession open(String account) throws SQLException {
    connecting++;
    world.note("connects", account);
    SimulatedSocket socket = new SimulatedSocket();
    Connecting.made(socket);
    try {
      await(socket);
      if (down) {
        throw Faults.refusal("connection refused", "08001");
      }
      if (sessions.size() >= room) {
        throw Faults.refusal("sorry, too many clients already", "53300");
      }
      if (options.roomOdds == 2 && world.oneIn(8)) {
        String limit = world.oneIn(2) ? "role \"app\"" : "database \"x\"";
        throw Faults.refusal("too many connections for " + limit, "53300");
      }
      faults.strike("connect");
      faults.fail("connect");
      SimulatedSession session = new SimulatedSession(this, account, ++ids, socket);
      sessions.add(session);
      world.note("connected", session);
      return session;
    } finally {
      connecting--;
    }
  }

  /** The login goes to the server and back, unless it is silent, or somebody closes the socket. */
  private void await(SimulatedSocket socket) throws SQLException {
    world.sleep("connect", latency());
    if (silent) {
      long end = world.now() + DRIVER_TIMEOUT_NANOS;
      world.await("silence: connect", () -> !silent || socket.isClosed(), DRIVER_TIMEOUT_NANOS);
      if (world.now() >= end) {
        throw Faults.refusal("timeout of the driver", "08001");
      }
    }
    if (socket.isClosed()) {
      throw Faults.refusal("socket closed", "08006");
    }
  }

  long latency() {
    return 1 + world.random().nextLong(2 * options.latencyNanos);
  }

  /** Whether the network swallows everything. */
  public boolean isSilent() {
    return silent;
  }

  boolean isDown() {
    return down;
  }

  void closed(SimulatedSession session) {
    sessions.remove(session);
  }

  /** How many it says that it allows. */
  int room() {
    return room;
  }

  // ---- what happens to it

  /** So many sessions at most; those that there are stay. */
  public void room(int most) {
    world.note("server's room", most);
    room = most;
  }

  /** Ends one session. */
  public void kill() {
    if (!sessions.isEmpty()) {
      SimulatedSession session = sessions.get(world.random().nextInt(sessions.size()));
      world.note("server kills", session);
      session.die();
    }
  }

  /** Crashes, or is there again. */
  public void down(boolean isDown) {
    world.note("server is down", isDown);
    down = isDown;
    if (isDown) {
      sessions.forEach(SimulatedSession::die);
    }
  }

  /** The network swallows everything, or does no longer. */
  public void silent(boolean isSilent) {
    world.note("server is silent", isSilent);
    silent = isSilent;
  }

  /** What a login gives has changed for one session. */
  public void changesRoles() {
    if (!sessions.isEmpty()) {
      sessions.get(world.random().nextInt(sessions.size())).outdate();
    }
  }

  /** All is well from now on. */
  public void heal() {
    down(false);
    silent(false);
    room(Integer.MAX_VALUE);
    faults = new Faults(world, Integer.MAX_VALUE, false);
  }
}
