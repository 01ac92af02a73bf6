package io.tenantpool.connection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The call of a portable connection for which a lease begins. What bounds that call with the driver
 * bounds its wait: timeouts of its statement and its connection, a cancel, a close. One object for
 * the connection's whole life: nothing is made for a lease that begins at once.
 */
final class WaitingCall implements Caller {

  /** What PostgreSQL says of a statement that is cancelled when it has its session. */
  private static final String CANCELLED_WITH_SESSION =
      "ERROR: canceling statement due to user request";

  private final Portability portability;

  // Written by the thread inside; others read them while there is a wake, which is written later.
  private @Nullable LogicalObject target;
  private @Nullable Call call;
  private @Nullable Object @Nullable [] args;

  private boolean isQuestion;
  private boolean hasAsked;
  private long askedSince;
  private @Nullable Runnable wake;
  private volatile @Nullable WaitEnd calledOff;
  private @Nullable WaitEnd ended;

  WaitingCall(Portability portability) {
    this.portability = portability;
  }

  /** A lease is wanted for this call; null for none in particular. From inside. */
  void of(
      @Nullable LogicalObject object,
      @Nullable Call method,
      @Nullable Object @Nullable [] arguments) {
    target = object;
    call = method;
    args = arguments;
  }

  /** The same for {@code isValid}: where there is no room it need not wait for an answer. */
  void ofQuestion(LogicalObject object, Call method, @Nullable Object[] arguments) {
    of(object, method, arguments);
    isQuestion = true;
  }

  @Override
  public long asksSince(long now) {
    if (!hasAsked) {
      hasAsked = true;
      askedSince = now;
    }
    return askedSince;
  }

  @Override
  public boolean waitsForRoom() {
    return !isQuestion;
  }

  /** Not any more, with a lease or without. From inside. */
  void over() {
    of(null, null, null);
    isQuestion = false;
    hasAsked = false;
    if (ended != null) {
      ended = null;
    }
    if (calledOff != null) {
      calledOff = null;
    }
  }

  @Override
  public void ended(WaitEnd end) {
    ended = end;
  }

  /** Whether the wait ended in vain. From inside, before it is {@link #over}. */
  boolean hasEnded() {
    return ended != null;
  }

  /** Whether the wait ended for that reason, in vain. From inside, before it is {@link #over}. */
  boolean hasEnded(WaitEnd end) {
    return ended == end;
  }

  /**
   * The lease has come all the same, at the last moment or while it was being connected.
   *
   * @throws SQLException when the call was called off meanwhile
   */
  void goOn() throws SQLException {
    WaitEnd end = calledOff;
    if (end != null) {
      throw end.exception(
          end == WaitEnd.CLOSED ? AfterClose.CONNECTION_CLOSED : CANCELLED_WITH_SESSION, null);
    }
  }

  @Override
  public @Nullable WaitLimit limit() {
    WaitLimit network =
        WaitLimit.ofMillis(WaitEnd.NETWORK_TIMEOUT, number(SessionProperty.NETWORK_TIMEOUT));
    LogicalObject object = target;
    Call method = call;
    if (object == null || method == null) {
      return network;
    }
    WaitLimit own = null;
    if (object.kind() == ObjectKind.STATEMENT) {
      own = WaitLimit.ofMillis(WaitEnd.QUERY_TIMEOUT, 1000L * queryTimeout(object));
    } else if (method.method().getName().equals("isValid")
        && args != null
        && args[0] instanceof Integer seconds) {
      own = WaitLimit.ofMillis(WaitEnd.VALIDATION_TIMEOUT, 1000L * seconds);
    }
    return WaitLimit.shorter(network, own);
  }

  private int queryTimeout(LogicalObject statement) {
    Recipe recipe = statement.recipe();
    return recipe != null && recipe.setting("setQueryTimeout") instanceof Integer seconds
        ? seconds
        : number(SessionProperty.QUERY_TIMEOUT);
  }

  private int number(SessionProperty property) {
    return portability.known(property) instanceof Integer value ? value : 0;
  }

  @Override
  public synchronized void waits(Runnable whatToWake) {
    wake = whatToWake;
  }

  @Override
  public synchronized void waitsNoMore() {
    wake = null;
  }

  @Override
  public @Nullable WaitEnd calledOff() {
    return calledOff;
  }

  /** Another thread cancels the call of that object; of whatever object if null. */
  synchronized void cancel(@Nullable LogicalObject of) {
    if (of == null || of == target) {
      callOff(WaitEnd.CANCELLED);
    }
  }

  /** Another thread closes the connection. */
  synchronized void close() {
    callOff(WaitEnd.CLOSED);
  }

  private synchronized void callOff(WaitEnd end) {
    Runnable waiting = wake;
    if (waiting != null && calledOff != WaitEnd.CLOSED) {
      calledOff = end;
      waiting.run();
    }
  }
}
