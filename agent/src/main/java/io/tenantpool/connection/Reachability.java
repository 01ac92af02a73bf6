package io.tenantpool.connection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server answered the last time that somebody needed it to: of one server, and of each
 * pool key on it. While that is in doubt, an application pool that creates a connection or tests
 * one is not answered from memory, so that it waits, tries again and drops connections as it does
 * without the agent. Thread-safe.
 */
public final class Reachability {

  /** That of the server; null when this is it. */
  private final @Nullable Reachability server;

  private volatile boolean inDoubt;

  /** That of a server, which is not in doubt. */
  public Reachability() {
    this(null);
  }

  private Reachability(@Nullable Reachability server) {
    this.server = server;
  }

  /** That of one pool key of this server, whose doubts are all its pool keys'. */
  Reachability ofPoolKey() {
    return new Reachability(this);
  }

  /** Whether whoever wants to know has to ask the server. */
  boolean isInDoubt() {
    return inDoubt || (server != null && server.isInDoubt());
  }

  /** Something happened that a server which is gone would explain. */
  public void doubt() {
    inDoubt = true;
    if (server != null) {
      server.doubt();
    }
  }

  /** The server refuses the login of this pool key; it may well answer others. */
  void refused() {
    inDoubt = true;
  }

  /**
   * A connect or a call failed so; one that a server which is there can answer too says nothing.
   */
  public void failed(SQLException failure) {
    if (SqlStates.isUnreachable(failure)) {
      doubt();
    }
  }

  /** The server has just answered. */
  public void answered() {
    if (inDoubt) {
      inDoubt = false;
    }
    if (server != null) {
      server.answered();
    }
  }
}
