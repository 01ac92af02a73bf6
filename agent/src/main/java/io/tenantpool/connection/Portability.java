package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * What makes the logical connection of an application pool independent of any physical one: what it
 * is to be like, how its session is set up, and in whose hands it is. Under the logical
 * connection's lock, but for the phase.
 */
final class Portability {

  /** In whose hands the connection is. */
  private enum Phase {
    /** The application pool makes it; SQL executed now belongs to the set-up. */
    SET_UP,
    /** The application pool keeps it: no lease but for as long as the session is not at rest. */
    RESTING,
    /** The application has it. */
    CHECKED_OUT,
    /** Set up, and nobody has seen yet that its pool lends anything. */
    UNKNOWN
  }

  private static final int NOTHING = -1;

  private final Origin origin;
  private final Profile profile;
  private final PooledSource source;

  /** Which one of its pool it is. */
  private final long number;

  /**
   * Within how many seconds the next session has to give a sign of life. So long would the
   * application pool have waited for the one of which it was told, from memory, that it is there.
   */
  private int promisedSeconds = NOTHING;

  private final JdbcState wanted = new JdbcState();
  private final Journal journal;
  private final WaitingCall waiting = new WaitingCall(this);

  /** What was set since the set-up, of what SQL can set as well. */
  private final EnumSet<SessionProperty> setLater = EnumSet.noneOf(SessionProperty.class);

  private volatile Phase phase = Phase.SET_UP;

  /**
   * The number of the rest that the connection is in, or was in last. Written before the phase, and
   * read after it.
   */
  private int rest = 1;

  /** Whether the set-up gives its session a role. */
  private boolean setsUpRole;

  /** The place that took the connection, once it is worth the cost of finding out. */
  private volatile @Nullable StackTraceElement takenAt;

  /** The schema before the open transaction set another one; a rollback brings it back. */
  private @Nullable Object schemaBefore;

  private boolean isSchemaSetInTransaction;

  /** What the application's pool had asked for when it had set the connection up. */
  private JdbcState wantedBySetUp = new JdbcState();

  /** Whether it ever had a session. */
  private boolean hasWorked;

  Portability(Origin origin, Profile profile, PooledSource source) {
    this.origin = origin;
    this.profile = profile;
    this.source = source;
    journal = new Journal(profile.defaults());
    number = origin.opened();
  }

  /** Its connection is closed, and its lease, if there was one, has ended. Called once. */
  void closed() {
    if (origin.closedLast()) {
      source.abandoned(origin);
    } else if (hasWorked) {
      source.closed(origin, number);
    }
  }

  /** See {@link PooledSource#allowsOneStatement}. */
  boolean allowsOneStatement() {
    return source.allowsOneStatement();
  }

  Profile profile() {
    return profile;
  }

  /** What the application asked for. */
  JdbcState wanted() {
    return wanted;
  }

  /** The value of a property while there is no physical connection; null when it is not known. */
  @Nullable Object known(SessionProperty property) {
    Object value = wanted.get(property);
    return value == null ? profile.defaults().get(property) : value;
  }

  /**
   * Ends the set-up on {@code physical}, and the transaction that it has left; a session that fails
   * to is not reusable.
   */
  void endSetUp(DriverConnection physical) {
    try {
      Connection raw = physical.driverConnection();
      if (physical.isBroken()) {
        return;
      }
      if (physical.isInTransaction() && !raw.getAutoCommit()) {
        boolean failed = physical.hasFailedTransaction();
        raw.commit();
        if (failed) {
          journal.rolledBack(physical);
        }
      }
      if (physical.state().isTouched(SessionProperty.TYPE_MAP)) {
        // The driver's own map may have been changed without a setter.
        Object types = new HashMap<>(raw.getTypeMap());
        wanted.put(SessionProperty.TYPE_MAP, types);
        physical.jdbcState().put(SessionProperty.TYPE_MAP, types);
      }
      journal.ended(physical);
    } catch (SQLException e) {
      physical.observe(e);
      physical.markBroken();
    } catch (RuntimeException | Error e) {
      physical.markBroken();
      throw e;
    }
  }

  void setUpEnded() {
    wantedBySetUp = wanted.copy();
    phase = Phase.RESTING;
  }

  /**
   * Whether nothing is set otherwise than at the end of the set-up. If something is, whoever was to
   * set it back may have tried that on a session that was lost, and count on it that with the
   * driver the connection would be lost too.
   */
  boolean isAsSetUp() {
    return wanted.isAs(wantedBySetUp, profile.defaults());
  }

  /** The set-up goes on, unless the connection is checked out. */
  boolean resumeSetUp() {
    if (phase == Phase.CHECKED_OUT) {
      return false;
    }
    phase = Phase.SET_UP;
    return true;
  }

  /** After the set-up's lease has ended. */
  void awaitLending() {
    if (phase == Phase.RESTING && !origin.lends()) {
      phase = Phase.UNKNOWN;
    }
  }

  void lent() {
    origin.sawLending();
    takenAt = origin.isHeldBack() ? CallSite.here() : null;
    phase = Phase.CHECKED_OUT;
  }

  void returned() {
    rest++;
    phase = Phase.RESTING;
  }

  /**
   * The number of the rest that the connection is in: another one after each return. What is
   * executed in a rest holds its session until the next one begins.
   */
  int rest() {
    return rest;
  }

  Origin origin() {
    return origin;
  }

  /** What a session of this connection is to be asked about at each return. */
  int wantedWords() {
    return wanted.has(SessionProperty.ROLE) ? SpokenOf.ROLE : 0;
  }

  /** The set-up has given its session a role, and will do so again. */
  void setUpSpokeOfRole() {
    setsUpRole = true;
  }

  /**
   * Asks the session about {@code words}; why it has to stay, or null. A role goes with the
   * connection, to each session that it gets, and to nobody else.
   */
  @Nullable Pin ask(DriverConnection physical, int words) throws SQLException {
    Holdings found = Holdings.of(physical.driverConnection(), words, origin.usualRole() != null);
    if (found.usualRole() != null) {
      origin.usualRole(found.usualRole());
    }
    if (found.role() != null) {
      String role = found.role().equals(origin.usualRole()) && !setsUpRole ? null : found.role();
      wanted.put(SessionProperty.ROLE, role);
      physical.jdbcState().put(SessionProperty.ROLE, role);
    }
    return found.pin();
  }

  /**
   * Counts what holds the session back at the end of a checkout: for the place that took the
   * connection if that was noted, which it is from the second time on; otherwise for the place that
   * gives it back.
   */
  void heldBack(Binding binding, Pin cause) {
    origin.sawHeldBack();
    binding.pin(cause, takenAt);
  }

  /** Whether a lease is to end as soon as the session is at rest. */
  boolean isResting() {
    Phase now = phase;
    return now == Phase.RESTING || (now == Phase.UNKNOWN && origin.lends());
  }

  boolean isSettingUp() {
    return phase == Phase.SET_UP;
  }

  /** What the set-up has done. */
  Journal journal() {
    return journal;
  }

  /** Whether the application has it, and is told what is so now. */
  boolean isCheckedOut() {
    return phase == Phase.CHECKED_OUT;
  }

  /** Whether the server answers. */
  Reachability reachability() {
    return profile.reachability();
  }

  /**
   * The application pool asks whether the connection is valid, and is told yes from memory. It is
   * kept to at the first use, at the cost that the question would have had.
   */
  void promise(int seconds) {
    promisedSeconds = seconds;
  }

  /** A lease is about to begin although nobody has seen yet that its pool lends anything. */
  void noteUnlent() {
    if (phase == Phase.UNKNOWN && !origin.lends()) {
      source.usedUnlent(origin, CallSite.here());
    }
  }

  /** What was promised since the last lease began, which this one has to keep; -1 for nothing. */
  int takePromise() {
    int seconds = promisedSeconds;
    promisedSeconds = NOTHING;
    return seconds;
  }

  /**
   * Waits for a physical connection.
   *
   * @throws SQLException as {@link PooledSource#acquire}
   */
  Lease acquire() throws SQLException {
    try {
      return source.acquire(origin, waiting);
    } catch (LoginRefusedException e) {
      reachability().refused();
      throw e;
    } catch (SQLException e) {
      if (!waiting.hasEnded()) {
        reachability().failed(e);
      }
      throw e;
    }
  }

  /** The call for which a lease begins. */
  WaitingCall waiting() {
    return waiting;
  }

  /** Makes the session of {@code lease} that of this connection. */
  Binding begin(Lease lease) throws SQLException {
    Binding binding = null;
    boolean done = false;
    try {
      binding = new Binding(lease);
      prepare(binding.physical());
      done = true;
      return binding;
    } catch (Throwable e) {
      if (binding != null) {
        binding.physical().observe(e);
      }
      throw e;
    } finally {
      if (!done && binding != null) {
        binding.end(false);
      } else if (!done) {
        lease.end();
      }
    }
  }

  private void prepare(DriverConnection physical) throws SQLException {
    physical.markTouched();
    boolean used = physical.origin() == origin;
    if (used && !isReachable(physical)) {
      physical.reset();
      physical.markTouched();
      used = false;
    }
    physical.usedBy(origin, number);
    hasWorked = true;
    if (!used) {
      journal.repeatOn(physical);
    }
    journal.doubt(physical.jdbcState(), setLater);
    wanted.applyTo(physical, profile.defaults());
    wanted.applyRole(physical);
    wanted.applyAutoCommit(physical, profile.defaults());
  }

  /** Whether setters alone can make the session, which the pool has used, that of this one. */
  private boolean isReachable(DriverConnection physical) {
    JdbcState applied = physical.jdbcState();
    return journal.isThatOf(physical)
        && journal.isIntact(applied, setLater)
        && wanted.isReachableFrom(applied);
  }

  /** Notes what a call of the connection that succeeded has changed. */
  void noteConnection(Call call, @Nullable Object @Nullable [] args, DriverConnection physical)
      throws SQLException {
    SessionProperty property = call.touches();
    if (property != null && args != null && args.length > 0) {
      noteTransaction(property, physical);
      wanted.noteSetter(property, args);
      physical.jdbcState().noteSetter(property, args);
      noteTime(property, physical);
    } else if (isSchemaSetInTransaction) {
      noteEndOfTransaction(call.method().getName(), args, physical);
    }
  }

  /** Notes a setter that was answered without a session. */
  void noteSetterAtRest(SessionProperty property, @Nullable Object[] args) throws SQLException {
    wanted.noteSetter(property, args);
    noteTime(property, null);
  }

  /** A setter is a part of the set-up, or it holds whatever the set-up did. */
  private void noteTime(SessionProperty property, @Nullable DriverConnection physical)
      throws SQLException {
    if (phase == Phase.SET_UP) {
      setLater.remove(property);
      journal.set(property, wanted.get(property), physical);
    } else if (Journal.SHARED_WITH_SQL.contains(property)) {
      setLater.add(property);
    }
  }

  private void noteTransaction(SessionProperty property, DriverConnection physical)
      throws SQLException {
    if (property == SessionProperty.AUTO_COMMIT) {
      // Switching it commits.
      isSchemaSetInTransaction = false;
    } else if (property == SessionProperty.SCHEMA && !physical.driverConnection().getAutoCommit()) {
      schemaBefore = isSchemaSetInTransaction ? schemaBefore : wanted.get(property);
      isSchemaSetInTransaction = true;
    }
  }

  private void noteEndOfTransaction(
      String method, @Nullable Object @Nullable [] args, DriverConnection physical)
      throws SQLException {
    if (method.equals("commit")) {
      isSchemaSetInTransaction = false;
    } else if (method.equals("rollback") && args != null && args.length > 0) {
      // To a savepoint: before the schema was set, or after.
      wanted.put(SessionProperty.SCHEMA, physical.driverConnection().getSchema());
      physical.jdbcState().forget(SessionProperty.SCHEMA);
    } else if (method.equals("rollback")) {
      isSchemaSetInTransaction = false;
      wanted.put(SessionProperty.SCHEMA, schemaBefore);
      physical.jdbcState().forget(SessionProperty.SCHEMA);
    }
  }
}
