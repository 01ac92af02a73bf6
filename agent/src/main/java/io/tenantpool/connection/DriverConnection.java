package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A driver's connection, with what is known of its health. One owner at a time, except that {@link
 * #close} and the marks of its end may come from any thread.
 */
public final class DriverConnection implements PhysicalConnection {

  /** How long the question whether a login would give the same may take. */
  private static final int LONGEST_LOOK_SECONDS = 60;

  /** Whoever does not answer the one question by then has fallen silent. */
  private static final int LIMIT_SECONDS = 5;

  /** The driver's; after {@link #letGo} something that stands in its place. */
  private Connection raw;

  private final @Nullable SessionReset sessionReset;
  private final SessionState state = new SessionState();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What the driver threw that it does not declare, until somebody has asked for it. */
  private volatile @Nullable Throwable fault;

  private volatile boolean broken;
  private boolean touched;
  private volatile @Nullable Origin origin;

  /** The number of the origin's oldest connection that has used the session. */
  private volatile long oldestUser;

  private volatile boolean outdated;

  /** Whether it is time to ask what a login would give; at the first reset in any case. */
  private volatile boolean looksAgain = true;

  private JdbcState jdbcState = new JdbcState();
  private List<SetUpStep> setUp = List.of();
  private @Nullable SessionFace face;
  private volatile boolean changed;
  private volatile boolean handedOut;
  private volatile boolean retired;

  DriverConnection(Connection raw, @Nullable SessionReset sessionReset) {
    this.raw = raw;
    this.sessionReset = sessionReset;
  }

  /**
   * Takes over a connection that the driver has just opened, and notes what it is like. No round
   * trip.
   *
   * @throws SQLException when the driver cannot say what it is like; {@code raw} is then closed
   */
  public static DriverConnection of(Connection raw) throws SQLException {
    return of(raw, null, null);
  }

  /**
   * The same for one whose session is to have another time zone than the driver has given it, from
   * now on and after each reset.
   *
   * @param timeZone a zone of Java; null for the one that the session has
   * @param logins what is known of logins with its account; null when nothing is
   * @throws SQLException as above, or when the server does not know the zone
   */
  public static DriverConnection of(
      Connection raw, @Nullable String timeZone, LoginAnswers.@Nullable OfAccount logins)
      throws SQLException {
    try {
      return new DriverConnection(raw, SessionReset.of(raw, timeZone, logins));
    } catch (Throwable e) {
      try {
        raw.close();
      } catch (Throwable suppressed) {
        e.addSuppressed(suppressed);
        new DriverConnection(raw, null).abort();
      }
      throw e;
    }
  }

  @Override
  public Connection driverConnection() {
    return raw;
  }

  /** What the lease has touched; for the lease's holder, then for the reset. */
  SessionState state() {
    return state;
  }

  /** Looks at an exception on its way to the application. */
  void observe(SQLException exception) {
    if (exception instanceof UndeclaredException) {
      fault = exception.getCause();
      broken = true;
    } else if (SqlStates.isFatal(exception) || LostIdentity.says(exception)) {
      broken = true;
    }
  }

  /**
   * The same of whatever a call has thrown. Nobody knows what a driver has left half done that
   * throws anything but an {@link SQLException}, be it out of the application's own stream.
   */
  void observe(Throwable thrown) {
    if (thrown instanceof SQLException exception) {
      observe(exception);
    } else {
      broken = true;
    }
  }

  /** From now on this connection is to be closed, whatever the driver says of it. */
  void markBroken() {
    broken = true;
  }

  /** Somebody holds an object that leads to this session and that the agent does not control. */
  void markHandedOut() {
    handedOut = true;
  }

  boolean isHandedOut() {
    return handedOut;
  }

  @Override
  public boolean isBroken() {
    return !retired && (broken || isClosedByDriver());
  }

  /**
   * Closes a connection whose objects were handed out, at the end of its lease: they must fail from
   * then on, as the driver's do after its close, and not when somebody gets round to closing the
   * socket. Does not count as broken.
   */
  void retire() {
    retired = !isBroken();
    close();
  }

  /**
   * At the end of a lease whose logical connection was lost after something of the driver's was
   * handed out: holds the driver's connection no more. {@code gone} runs when nobody else does
   * either, and the driver, or the JDK, closes the socket. On any thread, when no call is under
   * way.
   */
  void letGo(Runnable gone) {
    Connection last = raw;
    retired = true;
    closed.set(true);
    face = null;
    raw = LetGo.CONNECTION;
    LeaseEnd.CLEANER.register(last, gone);
  }

  private boolean isClosedByDriver() {
    try {
      return raw.isClosed();
    } catch (SQLException | LinkageError e) {
      return true;
    } catch (Throwable e) {
      fault = e;
      return true;
    }
  }

  @Override
  public boolean isReusable() {
    return sessionReset != null && !handedOut && !retired && !isBroken();
  }

  /** Whether its session can be made as new at all. */
  public boolean hasReset() {
    return sessionReset != null;
  }

  /** A call is about to reach the driver. By the lease's holder. */
  void markTouched() {
    touched = true;
  }

  @Override
  public boolean isUntouched() {
    return !touched;
  }

  @Override
  public @Nullable Origin origin() {
    return origin;
  }

  /**
   * A checkout of that pool uses the session from now on. By the lease's holder.
   *
   * @param connection the number of the pool's connection
   */
  void usedBy(Origin pool, long connection) {
    if (origin != pool) {
      oldestUser = connection;
      origin = pool;
    } else if (connection < oldestUser) {
      oldestUser = connection;
    }
  }

  @Override
  public long oldestUser() {
    return oldestUser;
  }

  @Override
  public void outdate() {
    outdated = true;
  }

  @Override
  public boolean isOutdated() {
    return outdated;
  }

  @Override
  public void lookAgain() {
    if (sessionReset != null) {
      sessionReset.lookAgain();
    }
    looksAgain = true;
  }

  /** SQL of this session has changed what logins give. */
  void changeLogins() {
    if (sessionReset != null) {
      sessionReset.loginsChanged();
    }
  }

  /** Whether a login would still give this session, which is clean; asks now and then. */
  private boolean wouldLoginGiveTheSame(SessionReset login) throws SQLException {
    if (looksAgain && !outdated) {
      looksAgain = false;
      if (!login.wouldLoginGiveTheSame(raw)) {
        outdated = true;
      }
    }
    return !outdated;
  }

  /** Nobody's any more: to be made clean before it serves again. */
  void disown() {
    if (state.isTouched(SessionProperty.QUERY_TIMER)) {
      // As the driver does within the application's close.
      QueryTimer.release(raw);
    }
    origin = null;
  }

  /** What was set since the session was new; for the lease's holder. */
  JdbcState jdbcState() {
    return jdbcState;
  }

  /** What set the session up since it was new, in order; for the lease's holder. */
  List<SetUpStep> setUp() {
    return setUp;
  }

  /** The session has been set up so. */
  void setUp(List<SetUpStep> steps) {
    setUp = steps;
  }

  /** The driver's object is about to be changed in a way that no reset takes back. */
  void markChanged() {
    changed = true;
  }

  @Override
  public boolean isChangedForGood() {
    return changed;
  }

  /** Takes what stands for the session, if there is such a thing; by the lease's holder. */
  @Nullable SessionFace takeFace() {
    SessionFace taken = face;
    if (taken != null) {
      face = null;
    }
    return taken;
  }

  @Override
  public boolean isRemembered() {
    return face != null;
  }

  /** At the end of a lease, after which the session is kept as it is. */
  void keepFace(SessionFace kept) {
    face = kept;
  }

  /** Whether a transaction is open, be it a failed one. No round trip. */
  boolean isInTransaction() throws SQLException {
    return sessionReset == null || sessionReset.isInTransaction(raw);
  }

  /** Whether a transaction is open of which nothing will be left. No round trip. */
  boolean hasFailedTransaction() throws SQLException {
    return sessionReset != null && sessionReset.hasFailedTransaction(raw);
  }

  /** Whether the session can be made clean, and so can serve one checkout after another. */
  boolean isResettable() {
    return sessionReset != null;
  }

  @Override
  public boolean isValid(Duration timeout) {
    try {
      // JDBC counts whole seconds, and zero would mean for ever.
      long seconds = Math.max(1, timeout.plusMillis(999).toSeconds());
      if (!raw.getAutoCommit()) {
        // Or pgjdbc would begin a transaction for it. Whoever takes the lease sets it as wanted.
        raw.setAutoCommit(true);
      }
      if (!broken && raw.isValid((int) Math.min(seconds, Integer.MAX_VALUE))) {
        return origin != null || isStillAsNew((int) Math.min(seconds, LONGEST_LOOK_SECONDS));
      }
    } catch (SQLException e) {
      // Falls through: a connection that cannot even be asked is not valid.
      observe(e);
    } catch (Throwable e) {
      fault = e;
    }
    broken = true;
    return false;
  }

  @Override
  public @Nullable Throwable takeFault() {
    Throwable taken = fault;
    if (taken != null) {
      fault = null;
    }
    return taken;
  }

  /** Of a clean session that was idle for a while. */
  private boolean isStillAsNew(int seconds) throws SQLException {
    if (sessionReset == null || !looksAgain) {
      return !outdated;
    }
    int before = raw.getNetworkTimeout();
    raw.setNetworkTimeout(Runnable::run, (int) TimeUnit.SECONDS.toMillis(seconds));
    boolean same = wouldLoginGiveTheSame(sessionReset);
    raw.setNetworkTimeout(Runnable::run, before);
    return same;
  }

  @Override
  public void reset() throws SQLException {
    if (sessionReset == null) {
      broken = true;
      throw new SQLException("No reset is known for " + raw.getClass().getName());
    }
    boolean done = false;
    try {
      if (outdated) {
        throw new OutdatedSessionException("what a login gives has changed");
      }
      sessionReset.reset(raw, state);
      if (!wouldLoginGiveTheSame(sessionReset)) {
        throw new OutdatedSessionException("a login would give another session");
      }
      state.clear();
      touched = false;
      origin = null;
      jdbcState = new JdbcState();
      setUp = List.of();
      face = null;
      done = true;
    } finally {
      if (!done) {
        broken = true;
      }
    }
  }

  @Override
  public void close() {
    broken = true;
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      raw.close();
    } catch (SQLException | LinkageError e) {
      // A stopped web application's class loader refuses the driver the classes that it needs to
      // close; the socket must go all the same.
      abort();
    } catch (Throwable e) {
      fault = e;
      abort();
    }
  }

  @Override
  public void abort() {
    broken = true;
    try {
      if (!raw.isClosed()) {
        raw.abort(Runnable::run);
      }
    } catch (SQLException | LinkageError e) {
      // Nothing more can be done from here; the driver has lost its connection.
      broken = true;
    } catch (Throwable e) {
      fault = e;
      broken = true;
    }
  }

  @Override
  public OptionalInt serverLimit() throws SQLException {
    if (sessionReset == null) {
      return OptionalInt.empty();
    }
    int before = raw.getNetworkTimeout();
    raw.setNetworkTimeout(Runnable::run, (int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    try {
      return sessionReset.serverLimit(raw);
    } finally {
      if (!raw.isClosed()) {
        raw.setNetworkTimeout(Runnable::run, before);
      }
    }
  }

  @Override
  public String toString() {
    return raw.toString();
  }
}
