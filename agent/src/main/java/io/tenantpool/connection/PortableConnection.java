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
  private final WaitingCall waiting;

  /** What stands for the session of the lease that there is; null before somebody asked for it. */
  private volatile @Nullable SessionFace face;

  /** A connection without a physical one yet. */
  PortableConnection(Portability portability) {
    super(portability.profile().connectionClass(), portability.allowsOneStatement());
    this.portability = portability;
    waiting = portability.waiting();
  }

  @Override
  boolean isPortable() {
    return true;
  }

  /** Takes the session over, and what stands for it. From inside. */
  private Binding beginOwn(Binding bound) {
    boolean begun = false;
    try {
      face = bound.physical().takeFace();
      begin(bound);
      begun = true;
      return bound;
    } finally {
      if (!begun) {
        bound.end(false);
      }
    }
  }

  /** Gives the session back as it is, with what stands for it. From inside. */
  private void keep(Binding bound) {
    bound.open().detach();
    bound.keep();
    SessionFace known = face;
    if (known != null) {
      bound.physical().keepFace(known);
      face = null;
    }
  }

  /** Nothing of the application's is behind what its pool unwraps between two checkouts. */
  @Override
  Object faceOf(LogicalObject self) throws SQLException {
    Binding bound = binding();
    if (bound == null && portability.isResting()) {
      return self.proxy();
    }
    if (bound == null) {
      beginAgain(null, null, null);
    }
    return faceOfLease(self);
  }

  @Override
  Object faceAlongside(LogicalObject self) {
    if (!isSelf(self)) {
      return self.proxy();
    }
    if (binding() != null) {
      return faceOfLease(self);
    }
    return portability.isResting() ? self.proxy() : AtRest.ASK;
  }

  /** While a lease lasts; two threads get the same. */
  private Object faceOfLease(LogicalObject self) {
    synchronized (entrance) {
      SessionFace known = face;
      if (known == null) {
        known = new SessionFace(self);
        face = known;
      }
      return known.proxyFor(self);
    }
  }

  @Override
  public Object unwrapped(Object connection) {
    if (!entrance.tryEnter()) {
      Object known = unwrappedAlongside(connection);
      if (known != AtRest.ASK) {
        return known;
      }
      entrance.enter();
    }
    try {
      return isOpen() ? faceOf(self()) : connection;
    } catch (SQLException e) {
      return connection;
    } finally {
      leave();
    }
  }

  private Object unwrappedAlongside(Object connection) {
    if (!entrance.workBeside()) {
      return connection;
    }
    try {
      return faceAlongside(self());
    } finally {
      leaveWork();
    }
  }

  /** Begins its first lease, when nobody else knows of this connection yet. */
  void beginWith(Lease lease) throws SQLException {
    beginOwn(portability.begin(lease));
  }

  /** The same, on a session that answers now. */
  void beginProven() throws SQLException {
    beginOwn(LeaseBegin.proven(portability, SIGN_OF_LIFE_SECONDS));
  }

  @Override
  public boolean resumeSetUp() {
    entrance.enter();
    try {
      entrance.notes.enter();
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
        portability.endSetUp(bound.physical());
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
        beginAgain(null, null, null);
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
      super.settle();
    }
  }

  @Override
  void settle() {
    super.settle();
    if (portability.isResting() && binding() != null) {
      entrance.alone(this::isReadyToRest, () -> giveBack(false));
      super.settle();
    }
  }

  private boolean isReadyToRest() {
    return binding() != null && portability.isResting() && entrance.isQuiet();
  }

  /**
   * Gives the physical connection back if the session is at rest. From inside, alone. True as well
   * when something holds the session back, whose end will bring somebody here again, or it stays.
   * With a session that was lost while something was set otherwise than by the set-up, this
   * connection is lost too, as the driver's would be.
   */
  private boolean giveBack(boolean counted) {
    Binding bound = binding();
    if (bound == null || !portability.isResting()) {
      return false;
    }
    if (bound.staysAtRest()) {
      return true;
    }
    entrance.notes.enter();
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
      if (bound.physical().isBroken() && !portability.isAsSetUp()) {
        entrance.close();
      }
      keep(bound);
    } finally {
      bound.end(false);
    }
    return true;
  }

  private @Nullable Pin holdsBack(Binding bound) {
    if (!portability.journal().isRepeatable()) {
      return Pin.SET_UP;
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
      keep(bound);
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
      Object answer = AtRest.ofStatement(target, recipe, call.method(), args);
      return answer == AtRest.ASK && call.needsNoSession()
          ? StatementAtRest.answer(portability, recipe, call, args)
          : answer;
    }
    if (call.mayReturnObject()) {
      return call.needsNoSession() && binding() == null && !portability.isSettingUp()
          ? StatementAtRest.make(target, call, args)
          : AtRest.ASK;
    }
    Object answer = AtRest.ofConnection(target, portability, call, args);
    return answer == AtRest.PROVE && args != null ? isValid(target, call, args) : answer;
  }

  /**
   * Whether a session answers within so many seconds. The answer is no when none can be had, as the
   * driver says it when its own is lost; but not when only all are in use: a pool that tests what
   * it lends would drop a connection that nobody has used yet. The session goes back at once, for
   * who was asked need not be used.
   */
  private boolean isValid(LogicalObject target, Call call, @Nullable Object[] args) {
    waiting.ofQuestion(target, call, args);
    try {
      int seconds = args[0] instanceof Integer given ? given : 0;
      Binding bound = LeaseBegin.proven(portability, seconds);
      try {
        bound.keep();
      } finally {
        bound.end(false);
      }
      return true;
    } catch (LoginRefusedException e) {
      entrance.close();
      return false;
    } catch (SQLException e) {
      return SqlStates.isServerFull(e);
    } finally {
      waiting.over();
    }
  }

  /**
   * A lease after the first one, for a call that waits for it no longer than it would for the
   * driver. Where the login is refused this connection is closed, as if the server had ended its
   * session, so that its pool replaces it; and where its network timeout has passed, as with the
   * driver.
   */
  private Binding beginAgain(
      @Nullable LogicalObject target, @Nullable Call call, @Nullable Object @Nullable [] args)
      throws SQLException {
    waiting.of(target, call, args);
    try {
      Binding bound = beginOwn(LeaseBegin.of(portability));
      waiting.goOn();
      return bound;
    } catch (LoginRefusedException refused) {
      entrance.close();
      throw refused.forApplication();
    } catch (SQLException e) {
      if (waiting.hasEnded(WaitEnd.NETWORK_TIMEOUT)) {
        entrance.close();
      }
      throw e;
    } finally {
      waiting.over();
    }
  }

  @Override
  void closedUnderCall() {
    waiting.close();
  }

  /**
   * There is nothing to cancel but a wait, and only the application closes what is not with the
   * driver.
   */
  @Override
  @Nullable Object answerBesideAtRest(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    if (isLost(target)) {
      return super.answerBesideAtRest(target, call, args);
    }
    if (call.method().getReturnType() == boolean.class) {
      return target.isClosed();
    }
    waiting.cancel(isSelf(target) ? null : target);
    return null;
  }

  /** What can be read without the session; the thread inside may be waiting for one. */
  @Override
  @Nullable Object answerAlongsideAtRest(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    String name = call.method().getName();
    if (call.way() == Call.Way.CLOSE_OBJECT) {
      waiting.cancel(target);
    }
    return isOfNoUse(target)
            || name.startsWith("get")
            || name.startsWith("is")
            || name.equals("createStatement")
            || name.equals("prepareStatement")
        ? answerAtRest(target, call, args)
        : AtRest.ASK;
  }

  @Override
  void noteAlongside(
      Binding bound,
      LogicalObject target,
      Call call,
      @Nullable Object @Nullable [] args,
      @Nullable Object returned) {
    if (!isSelf(target) || call.touches() != null) {
      entrance.notes.add(() -> noteNow(bound, target, call, args));
    }
    if (portability.isResting()) {
      Recipe recipe = target.recipe();
      int rest = portability.rest();
      entrance.notes.add(() -> UseAtRest.note(bound, rest, recipe, call, args, returned));
    }
  }

  /** Only what the driver has to be asked about can fail, and that is never called beside. */
  private void noteNow(
      Binding bound, LogicalObject target, Call call, @Nullable Object @Nullable [] args) {
    try {
      note(bound, target, call, args);
    } catch (SQLException e) {
      bound.physical().observe(e);
      bound.physical().markBroken();
    }
  }

  /** A set-up is written down in its order; what an execution has left is read from the books. */
  @Override
  boolean isClear(LogicalObject target) {
    Recipe recipe = target.recipe();
    return !portability.isSettingUp() && (recipe == null || recipe.remainder() == null);
  }

  /** Whether nobody knows how to make it anew: it went with its lease. */
  private boolean isLost(LogicalObject target) {
    return !isSelf(target) && target.recipe() == null;
  }

  private boolean isOfNoUse(LogicalObject target) {
    return isLost(target) || target.isClosed();
  }

  @Override
  boolean bind(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (isOfNoUse(target)) {
      return false;
    }
    Binding bound = binding();
    if (bound == null) {
      bound = beginAgain(target, call, args);
    }
    Recipe recipe = target.recipe();
    if (recipe != null) {
      try {
        recipe.noteUse(bound);
        target.bindTo(bound, recipe);
      } catch (Throwable e) {
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
    if (portability.isSettingUp()) {
      // It is of that physical connection alone.
      portability.journal().cannotBeRepeated();
    }
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
    if (portability.isSettingUp()) {
      return callInSetUp(bound, target, call, args, driverArgs);
    }
    Recipe recipe = target.recipe();
    if (recipe != null) {
      if (call.trace().executes()) {
        recipe.begin(args);
      } else if (recipe.remainder() != null) {
        Object left = AtRest.ofStatement(target, recipe, call.method(), args);
        if (left != AtRest.ASK) {
          return left;
        }
      }
    }
    Object result = invoke(bound, target, call, driverArgs);
    note(bound, target, call, args);
    Object returned = target.toApplication(result, call, args);
    if (portability.isResting()) {
      UseAtRest.note(bound, portability.rest(), recipe, call, args, returned);
    }
    return returned;
  }

  private @Nullable Object invoke(
      Binding bound, LogicalObject target, Call call, @Nullable Object @Nullable [] driverArgs)
      throws Throwable {
    Recipe recipe = target.recipe();
    try {
      return bound.invoke(target, call, driverArgs);
    } catch (SQLException e) {
      portability.reachability().failed(e);
      throw e;
    } finally {
      if (recipe != null && call.trace() == Trace.EXECUTE_BATCH) {
        recipe.endBatch();
      }
    }
  }

  /** Notes a call that succeeded. */
  private void note(
      Binding bound, LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws SQLException {
    Recipe recipe = target.recipe();
    if (isSelf(target)) {
      portability.noteConnection(call, args, bound.physical());
    } else if (call.way() == Call.Way.CLOSE_OBJECT) {
      bound.open().remove(target);
    } else if (recipe != null && call.trace() != Trace.NONE) {
      recipe.note(call, args);
    }
  }

  /** The same, and what the call does is written down, to be repeated. */
  private @Nullable Object callInSetUp(
      Binding bound,
      LogicalObject target,
      Call call,
      @Nullable Object @Nullable [] args,
      @Nullable Object @Nullable [] driverArgs)
      throws Throwable {
    SetUpCall inSetUp =
        new SetUpCall(
            portability.journal(), bound.physical(), call, args, isSelf(target), target.recipe());
    Recipe recipe = target.recipe();
    if (recipe != null && call.trace().executes()) {
      recipe.begin(args);
    }
    Object result;
    boolean done = false;
    try {
      result = invoke(bound, target, call, driverArgs);
      done = true;
    } finally {
      if (!done) {
        inSetUp.failed();
      }
    }
    inSetUp.answered();
    note(bound, target, call, args);
    inSetUp.succeeded(result);
    return target.toApplication(result, call, args);
  }

  @Override
  boolean willRepeat(Call call) {
    return call.changesDriver() && portability.isSettingUp();
  }
}
