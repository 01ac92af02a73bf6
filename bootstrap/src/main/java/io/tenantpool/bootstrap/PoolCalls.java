package io.tenantpool.bootstrap;

/**
 * What an instrumented application pool calls: all that is added to its classes are calls of these.
 * None of them throws, none but {@link #used} and {@link #unwrapped} waits for anything, and only
 * the latter answers: the pool behaves as if they were not there.
 */
public final class PoolCalls {

  private PoolCalls() {}

  /**
   * The pool's own method that creates a connection was entered. Whatever this thread opens until
   * {@link #created} is the pool's, and what it does with it sets it up. Frames nest.
   *
   * @param pool the pool instance, or its class where there is one pool per class; null if it could
   *     not be found, and then what is opened is nobody's
   * @param library the name of the pool library; null for one whose connections stay the driver's
   */
  public static void creating(Object pool, String library) {
    ConnectionBridge bridge = BridgeHolder.get();
    if (bridge != null) {
      bridge.creating(pool, library);
    }
  }

  /**
   * A method of the pool was entered that goes on with the set-up of a connection which was created
   * before and which nobody has borrowed yet. It ends with {@link #created} as well.
   *
   * @param connection the connection as the driver gave it; null if it could not be found
   */
  public static void settingUp(Object connection) {
    ConnectionBridge bridge = BridgeHolder.get();
    if (bridge != null) {
      bridge.settingUp(connection);
    }
  }

  /** That method is left, normally or by an exception. */
  public static void created() {
    ConnectionBridge bridge = BridgeHolder.get();
    if (bridge != null) {
      bridge.created();
    }
  }

  /** The pool is about to hand {@code connection} out, as the driver gave it; null is nothing. */
  public static void lent(Object connection) {
    ConnectionBridge bridge = BridgeHolder.get();
    if (connection != null && bridge != null) {
      bridge.lent(connection);
    }
  }

  /**
   * The pool has done its own work on a connection that came back, and nobody can borrow it yet.
   */
  public static void returned(Object connection) {
    ConnectionBridge bridge = BridgeHolder.get();
    if (connection != null && bridge != null) {
      bridge.returned(connection);
    }
  }

  /**
   * The pool will work with {@code connection} once more after {@link #returnedUnlessWork}, in the
   * session of the checkout that begins.
   */
  public static void worksLater(Object connection) {
    ConnectionBridge bridge = BridgeHolder.get();
    if (connection != null && bridge != null) {
      bridge.worksLater(connection);
    }
  }

  /**
   * The calling thread will wait for another one of the pool that uses {@code connection}: what
   * that one would have to wait for is waited for here.
   */
  public static void used(Object connection) {
    ConnectionBridge bridge = BridgeHolder.get();
    if (connection != null && bridge != null) {
      bridge.used(connection);
    }
  }

  /**
   * The pool is about to answer with {@code result}, which may be a connection as the driver gave
   * it: the one method here that answers, with what is to be returned instead.
   */
  public static Object unwrapped(Object result) {
    ConnectionBridge bridge = BridgeHolder.get();
    return result == null || bridge == null ? result : bridge.unwrapped(result);
  }

  /** As {@link #returned}, unless there was {@link #worksLater} in this checkout. */
  public static void returnedUnlessWork(Object connection) {
    ConnectionBridge bridge = BridgeHolder.get();
    if (connection != null && bridge != null) {
      bridge.returnedUnlessWork(connection);
    }
  }
}
