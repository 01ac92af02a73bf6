package io.tenantpool.interception;

import java.sql.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In which pools' creating methods each thread is just now. A thread that is in none has nothing of
 * ours; what is on the stack of one that is lasts no longer than the call of the pool itself.
 */
public final class Creations {

  private static final String SET_UP = "set-up";

  private final ThreadLocal<Creation> innermost;

  /** No thread is in any yet. */
  public Creations() {
    this(new ThreadLocal<>());
  }

  /** The same, kept in {@code innermost}. */
  Creations(ThreadLocal<Creation> innermost) {
    this.innermost = innermost;
  }

  /** This thread enters a method of {@code pool} that creates connections. */
  public void enter(@Nullable Object pool, @Nullable String library) {
    innermost.set(new Creation(pool, library, innermost.get()));
  }

  /** This thread enters a method that goes on with a set-up; what it opens is nobody's. */
  public void enterSetUp() {
    innermost.set(new Creation(null, SET_UP, innermost.get()));
  }

  /** This thread asks a pool a question; left like a method. */
  void enterProbe(CredentialProbe probe) {
    innermost.set(Creation.asking(probe, innermost.get()));
  }

  /** Whether this thread asks a pool a question just now. */
  boolean isProbing() {
    Creation current = innermost.get();
    return current != null && current.probe() != null;
  }

  /**
   * This thread leaves the method that it entered last.
   *
   * @return the connections that it opened there and has set up by now; none if it is still in
   *     another such method of the same pool
   */
  public List<Connection> leave() {
    Creation left = innermost.get();
    if (left == null) {
      return List.of();
    }
    Creation outer = left.outer();
    if (outer == null) {
      innermost.remove();
    } else {
      innermost.set(outer);
    }
    if (outer != null && outer.pool() == left.pool()) {
      outer.takeOver(left);
      return List.of();
    }
    return left.opened();
  }

  /** Whether what this thread opens just now is to stay the driver's own. */
  boolean isBypass() {
    Creation current = innermost.get();
    return current != null && current.isBypass();
  }

  /** The method that this thread entered last and has not left, if any. */
  @Nullable Creation current() {
    return innermost.get();
  }
}
