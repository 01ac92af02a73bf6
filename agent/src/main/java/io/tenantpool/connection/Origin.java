package io.tenantpool.connection;

/**
 * One application pool, as far as sessions are concerned: its connections may find what an earlier
 * checkout of the same pool left in the session, as they would without the agent, and nothing that
 * anybody else left. Equal to itself alone.
 */
public final class Origin {

  private final String library;

  /** One more pool of {@code library}, such as {@code HikariCP}. */
  public Origin(String library) {
    this.library = library;
  }

  /** The name of the pool library. */
  public String library() {
    return library;
  }

  @Override
  public String toString() {
    return library + "@" + Integer.toHexString(System.identityHashCode(this));
  }
}
