package io.tenantpool.simulation;

/** What a simulation has found, with what had happened before. */
public final class BrokenInvariant extends AssertionError {

  private static final long serialVersionUID = 1;

  private final String history;

  BrokenInvariant(String what, String history) {
    super(what);
    this.history = history;
  }

  /** The last events, and who waits for what. */
  public String history() {
    return history;
  }
}
