package io.tenantpool.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One application pool, as far as sessions are concerned: its connections may find what an earlier
 * checkout of the same pool left in the session, as they would without the agent, and nothing that
 * anybody else left. Equal to itself alone.
 */
public final class Origin {

  private final String library;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong opened = new AtomicLong();
  private volatile boolean lends;
  private volatile boolean isHeldBack;

  /** What the SQL of its checkouts spoke of; see {@link SpokenOf}. A lost update is made again. */
  private volatile int spoken;

  private volatile @Nullable String usualRole;

  /** One more pool of {@code library}, such as {@code HikariCP}. */
  public Origin(String library) {
    this.library = library;
  }

  /** The name of the pool library. */
  public String library() {
    return library;
  }

  /** It has one more connection; returns its number, from 1 in the order of their opening. */
  long opened() {
    open.incrementAndGet();
    return opened.incrementAndGet();
  }

  /** It has closed one; whether that was the last. */
  boolean closedLast() {
    return open.decrementAndGet() == 0;
  }

  /**
   * Whether this pool was ever seen to lend a connection. One that puts a wrapper between itself
   * and the driver's connections is not: of those nobody can say in whose hands they are.
   */
  public boolean lends() {
    return lends;
  }

  /** It was. */
  void sawLending() {
    if (!lends) {
      lends = true;
    }
  }

  /** Whether a checkout of it ever ended with something that held its session back. */
  boolean isHeldBack() {
    return isHeldBack;
  }

  /** One did: from now on it is worth knowing which place took a connection. */
  void sawHeldBack() {
    isHeldBack = true;
  }

  /** SQL of one of its connections speaks of that; see {@link SpokenOf}. */
  void sawSpoken(int words) {
    int before = spoken;
    if ((before | words) != before) {
      spoken = before | words;
    }
  }

  /** Whether SQL of any of its connections ever spoke of that. */
  boolean hasSpokenOf(int words) {
    return (spoken & words) != 0;
  }

  /** The role of its new sessions, {@code none} mostly; null before anybody had to know. */
  @Nullable String usualRole() {
    return usualRole;
  }

  /** It is that. */
  void usualRole(String role) {
    usualRole = role;
  }

  @Override
  public String toString() {
    return library + "@" + Integer.toHexString(System.identityHashCode(this));
  }
}
