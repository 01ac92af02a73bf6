package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * What the application gets that unwraps a connection of an application pool: it stands for the
 * session, as the driver's connection does without the agent. The same object for as long as the
 * session is not made clean, whichever connection of the pool has it, and another one for another
 * session. So what an application remembers of it (which tenant it has set) is true of the session
 * that it reaches. Equal to itself alone.
 *
 * <p>Its calls are those of the connection that was unwrapped to it last, and reach a session only
 * as that one's do. While nobody has the session, that holds its face, so that it lives as long;
 * while somebody has it, the connection does, so that one which the application lost can be found
 * to be lost.
 */
final class SessionFace implements Wrapper {

  private final WrapperType type;
  private final Object proxy;
  private volatile LogicalObject connection;

  SessionFace(LogicalObject connection) {
    this.connection = connection;
    type = connection.type();
    proxy = type.newProxy(this);
  }

  /** {@code unwrapped} leads to it from now on. */
  Object proxyFor(LogicalObject unwrapped) {
    connection = unwrapped;
    return proxy;
  }

  @Override
  public @Nullable Object invoke(int method, @Nullable Object @Nullable [] args) throws Throwable {
    return switch (type.call(method).way()) {
      case EQUALS -> args != null && args[0] == proxy;
      case HASH_CODE -> System.identityHashCode(proxy);
      default -> connection.invoke(method, args);
    };
  }

  /** A connection has no plain methods. */
  @Override
  public @Nullable Object enter() {
    return null;
  }

  @Override
  public void leave() {
    throw new IllegalStateException("nobody has entered");
  }

  @Override
  public void leaveFailed(Throwable thrown) {
    throw new IllegalStateException("nobody has entered", thrown);
  }

  @Override
  public PoolSide poolSide() {
    return connection.poolSide();
  }

  @Override
  public @Nullable Object driverObject(Object session) {
    return connection.driverObject(session);
  }

  @Override
  public String toString() {
    return connection.toString();
  }
}
