package io.tenantpool.connection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of an application pool: it has a physical one from the first real use of a checkout
 * until the pool has it back and the session is at rest. What was made from it stays as it is, and
 * gets another driver's object at its next use.
 */
final class PortableConnection extends LogicalConnection implements PoolSide {

  /** As long as HikariCP waits for one. */
  private static final int SIGN_OF_LIFE_SECONDS = 5;

  private final Portability portability;

  /** A connection without a physical one yet. */
  PortableConnection(Portability portability) {
    super(portability.profile().connectionClass());
    this.portability = portability;
  }

  @Override
  boolean isPortable() {
    return true;
  }

  /** Begins its first lease, when nobody else knows of this connection yet. */
  void beginWith(Lease lease) throws SQLException {
    begin(portability.begin(lease));
  }

  /** The same, on a session that answers now. */
  void beginProven() throws SQLException {
    begin(portability.beginProven(SIGN_OF_LIFE_SECONDS));
  }

  @Override
  public boolean resumeSetUp() {
    entrance.enter();
    try {
      Binding bound = binding();
      // The end of the set-up would commit the transaction of somebody else.
      return isOpen() && (bound == null || holdsBack(bound) == null) && portability.resumeSetUp();
    } finally {
      leave();
    }
  }

  /**
   * With autocommit off the set-up has begun a transaction, of which the pool knows nothing: what
   * it holds is the session's from now on, as it will be on the next physical connection.
   */
  @Override
  public void setUpEnded() {
    entrance.enter();
    try {
      Binding bound = binding();
      if (isOpen() && bound != null) {
        portability.commitSetUp(bound.physical());
        if (bound.hasSpokenOf(SpokenOf.ROLE)) {
          portability.setUpSpokeOfRole();
          bound.forgetRole();
        }
      }
      portability.setUpEnded();
    } finally {
      entrance.leave();
    }
    rest();
    portability.awaitLending();
  }

  @Override
  public void lent() {
    portability.lent();
  }

  @Override
  public void used() {
    entrance.enter();
    try {
      if (isOpen() && binding() == null) {
        beginAgain();
      }
    } catch (SQLException e) {
      // Whoever uses the connection will be told.
      return;
    } finally {
      leave();
    }
  }

  @Override
  public void returned() {
    portability.returned();
    rest();
  }

  /** The lease ends as soon as it can. What holds it back now is counted. */
  private void rest() {
    if (binding() != null) {
      entrance.alone(this::isReadyToRest, () -> giveBack(true));
    }
  }

  @Override
  void settle() {
    super.settle();
    if (portability.isResting() && binding() != null) {
      entrance.alone(this::isReadyToRest, () -> giveBack(false));
    }
  }

  private boolean isReadyToRest() {
    return binding() != null && portability.isResting() && entrance.isQuiet();
  }

  /**
   * Gives the physical connection back if the session is at rest. From inside, alone. True as well
   * when something holds the session back, whose end will bring somebody here again, or it stays.
   */
  private boolean giveBack(boolean counted) {
    Binding bound = binding();
    if (bound == null || !portability.isResting()) {
      return false;
    }
    if (bound.staysAtRest()) {
      return true;
    }
    Pin pin = holdsBack(bound);
    if (pin != null) {
      if (counted) {
        portability.heldBack(bound, pin);
      }
      return true;
    }
    if (!entrance.whileQuiet(this::leaseIsOver)) {
      return false;
    }
    try {
      bound.open().detach();
      bound.keep();
    } finally {
      bound.end(false);
    }
    return true;
  }

  private @Nullable Pin holdsBack(Binding bound) {
    if (!portability.isRepeatable()) {
      return Pin.STATEMENT;
    }
    try {
      return bound.holdsBack(portability.rest(), portability);
    } catch (SQLException e) {
      bound.physical().observe(e);
      return bound.physical().isBroken() ? null : Pin.STATEMENT;
    }
  }

  /**
   * The application pool's next checkout may have the session of a connection that was closed; but
   * for what others see of it, such as a lock, which ends with its connection.
   */
  @Override
  void beforeEnd() {
    Binding bound = binding();
    if (bound != null && !bound.hasSpokenOf(Holdings.ALL) && holdsBack(bound) == null) {
      bound.open().detach();
      bound.keep();
    }
  }

  @Override
  void ended() {
    portability.closed();
  }

  @Override
  @Nullable Object answerAtRest(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (isOfNoUse(target)) {
      return super.answerAtRest(target, call, args);
    }
    Recipe recipe = target.recipe();
    if (recipe != null) {
      return AtRest.ofStatement(target, recipe, call.method(), args);
    }
    Object answer = AtRest.ofConnection(target, portability, call, args);
    return answer == AtRest.PROVE && args != null ? isValid((Integer) args[0]) : answer;
  }

  /**
   * Whether a session answers within so many seconds. The application is told no when none can be
   * had, as the driver tells it when its own is lost; its pool, which may drop the connection then,
   * is not when only all are in use.
   */
  private boolean isValid(int seconds) {
    boolean checkedOut = portability.isCheckedOut();
    try {
      Binding bound = portability.beginProven(seconds);
      if (checkedOut) {
        begin(bound);
      } else {
        bound.keep();
        bound.end(false);
      }
      return true;
    } catch (LoginRefusedException e) {
      entrance.close();
      return false;
    } catch (SQLException e) {
      return !checkedOut && SqlStates.isServerFull(e);
    }
  }

  /**
   * A lease after the first one. Where the login is refused this connection is closed, as if the
   * server had ended its session, so that its pool replaces it.
   */
  private Binding beginAgain() throws SQLException {
    try {
      return begin(portability.begin());
    } catch (LoginRefusedException refused) {
      entrance.close();
      throw refused.forApplication();
    }
  }

  /** There is nothing to cancel, and only the application closes what is not with the driver. */
  @Override
  @Nullable Object answerBesideAtRest(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    if (isLost(target)) {
      return super.answerBesideAtRest(target, call, args);
    }
    return call.method().getReturnType() == boolean.class ? target.isClosed() : null;
  }

  /** Whether nobody knows how to make it anew: it went with its lease. */
  private boolean isLost(LogicalObject target) {
    return !isSelf(target) && target.recipe() == null;
  }

  private boolean isOfNoUse(LogicalObject target) {
    return isLost(target) || target.isClosed();
  }

  @Override
  boolean bind(LogicalObject target) throws Throwable {
    if (isOfNoUse(target)) {
      return false;
    }
    Binding bound = binding();
    if (bound == null) {
      bound = beginAgain();
    }
    Recipe recipe = target.recipe();
    if (recipe != null) {
      try {
        target.bindTo(bound, recipe);
      } catch (SQLException e) {
        bound.physical().observe(e);
        throw e;
      }
    }
    return true;
  }

  /**
   * Whoever got it while the pool has the connection is to have it until the pool's next return.
   */
  @Override
  void handOut(Binding bound, Pin cause) {
    super.handOut(bound, cause);
    if (portability.isResting()) {
      bound.usedIn(portability.rest());
    }
  }

  /** Notes what has to be repeated on another physical connection. */
  @Override
  @Nullable Object callDriver(
      Binding bound, LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    @Nullable Object @Nullable [] driverArgs = args;
    if (args != null && call.mayTakeObject()) {
      // The recipe notes the application's own.
      driverArgs = args.clone();
      Wrapper.toDriver(this, driverArgs);
    }
    Recipe recipe = target.recipe();
    Trace trace = call.trace();
    if (recipe != null) {
      if (trace.executes()) {
        recipe.begin(args);
      } else if (recipe.remainder() != null) {
        Object left = AtRest.ofStatement(target, recipe, call.method(), args);
        if (left != AtRest.ASK) {
          return left;
        }
      }
    }
    Object result;
    try {
      result = bound.invoke(target, call, driverArgs);
    } catch (SQLException e) {
      portability.reachability().failed(e);
      throw e;
    } finally {
      if (recipe != null && trace == Trace.EXECUTE_BATCH) {
        recipe.endBatch();
      }
    }
    if (isSelf(target)) {
      portability.noteConnection(call, args, bound.physical());
    } else if (call.way() == Call.Way.CLOSE_OBJECT) {
      bound.open().remove(target);
    } else if (recipe != null && trace != Trace.NONE) {
      portability.noteStatement(recipe, call, args, bound.physical());
    }
    Object returned = target.toApplication(result, call, args);
    if (portability.isResting()) {
      UseAtRest.note(bound, portability.rest(), recipe, call, args, returned);
    }
    return returned;
  }
}
