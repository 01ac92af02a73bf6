package io.tenantpool.connection;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One lease of one logical connection: the calls that reach the driver during it, what they mean
 * for its end, and what was made on its physical connection. Under the logical connection's lock,
 * but for {@link #physical} and {@link #invoke}.
 */
final class Binding {

  private final Lease lease;

  /** Where to say that the lease could not be ended; null where nobody would look. */
  final @Nullable Tenure tenure;

  private final DriverConnection physical;
  private final OpenObjects open = new OpenObjects();

  /** The causes already counted for this lease; null while there are none. */
  private @Nullable Set<Pin> pins;

  private boolean isKept;

  /** What the SQL of this lease spoke of; see {@link SpokenOf}. */
  private int spoken;

  /** The rest of its connection in which the session was given something to keep; none is 0. */
  private int usedIn;

  /** The rest of its connection in which the session was last asked what it holds; none is 0. */
  private int askedIn;

  /** Why the session was to stay when it was last asked. */
  private @Nullable Pin held;

  /** What is outdated as soon as the transaction is over; null for nothing. */
  private @Nullable SessionFilter outdated;

  /**
   * Every opener of the product makes {@link DriverConnection}s: what a lease does is noted there.
   */
  Binding(Lease lease) {
    this.lease = lease;
    physical = (DriverConnection) lease.physical();
    tenure = lease.tenure();
  }

  DriverConnection physical() {
    return physical;
  }

  /** The objects of the application that live on this physical connection. */
  OpenObjects open() {
    return open;
  }

  /** So that the reset knows what to do. */
  void noteUse(Call call, @Nullable Object @Nullable [] args) {
    physical.markTouched();
    SessionProperty touches = call.touches();
    if (touches != null) {
      physical.state().touch(touches);
    }
    if (call.takesSql() && args != null) {
      int words = SpokenOf.in((String) args[0]);
      if (words != 0) {
        speaksOf(words);
      }
    }
  }

  /** SQL that is executed in this lease, or may be, speaks of that; see {@link SpokenOf}. */
  void speaksOf(int words) {
    spoken |= words;
    if ((words & SpokenOf.SEED) != 0) {
      physical.state().touch(SessionProperty.SEED);
    }
    if ((words & SpokenOf.ENDS_WITH_SESSION) != 0) {
      pin(Pin.ENDS_WITH_SESSION);
    }
    Origin origin = physical.origin();
    if (origin != null) {
      origin.sawSpoken(words);
    }
  }

  /** Whether the lease's SQL spoke of any of that. */
  boolean hasSpokenOf(int words) {
    return (spoken & words) != 0;
  }

  /** What was spoken of the role belongs to the set-up, which is repeated anyway. */
  void forgetRole() {
    spoken &= ~SpokenOf.ROLE;
  }

  /** Calls the driver's object behind {@code target}; looks at what it throws. */
  @Nullable Object invoke(LogicalObject target, Call call, @Nullable Object @Nullable [] args)
      throws Throwable {
    try {
      return call.invoke(Objects.requireNonNull(target.delegate()), args);
    } catch (Throwable e) {
      physical.observe(e);
      throw e;
    }
  }

  /** The reset cannot follow what the application holds from now on. */
  void handOut(Pin cause) {
    physical.markHandedOut();
    pin(cause);
  }

  /** Counts a cause once per lease, for the place that made this call. */
  void pin(Pin cause) {
    pin(cause, null);
  }

  /** Counts a cause once per lease, for {@code site}; for the place that made this call if null. */
  void pin(Pin cause, @Nullable StackTraceElement site) {
    if (pins == null) {
      pins = EnumSet.noneOf(Pin.class);
    }
    if (pins.add(cause)) {
      lease.pinned(cause, site == null ? CallSite.here() : site);
    }
  }

  /**
   * Why the session cannot serve another checkout now, in that rest of its connection; null when it
   * is at rest. A session of which something was handed out is at rest: it will not serve anybody
   * again.
   */
  @Nullable Pin holdsBack(int rest, Portability portability) throws SQLException {
    Pin pin = physical.isInTransaction() ? Pin.TRANSACTION : open.holdsBack(rest);
    if (pin == null) {
      pin = usedIn == rest ? Pin.USED_AT_REST : holds(rest, portability);
    }
    // Asked last, and mostly not at all: the driver takes a lock to tell whether it is closed.
    return pin == null || physical.isBroken() ? null : pin;
  }

  /** Asks the session what it holds, once in a rest, if there is any reason to. */
  private @Nullable Pin holds(int rest, Portability portability) throws SQLException {
    if (hasSpokenOf(SpokenOf.ENDS_WITH_SESSION)) {
      return Pin.ENDS_WITH_SESSION;
    }
    int words = (spoken | portability.wantedWords()) & Holdings.ALL;
    if (words == 0 || physical.isBroken()) {
      return null;
    }
    if (askedIn != rest) {
      held = portability.ask(physical, words);
      askedIn = rest;
    }
    return held;
  }

  /** In that rest the session was given something that it has to keep until the rest is over. */
  void usedIn(int rest) {
    usedIn = rest;
    pin(Pin.USED_AT_REST);
  }

  /** See {@link Lease#closeIdle}. */
  int closeIdle(SessionFilter which) {
    return lease.closeIdle(which);
  }

  /** See {@link Lease#outdate}: when the transaction that changes it is over. */
  void outdateAfterCommit(SessionFilter which) {
    outdated = outdated == null ? which : outdated.or(which);
  }

  /** After a call. A roll-back is not told from a commit: it costs a connect. */
  void outdateIfCommitted() throws SQLException {
    if (outdated != null && !physical.isInTransaction()) {
      outdateNow();
    }
  }

  private void outdateNow() {
    SessionFilter which = outdated;
    outdated = null;
    if (which != null) {
      physical.changeLogins();
      lease.outdate(which);
    }
  }

  /** See {@link Lease#hasAnswered()}. */
  boolean hasAnswered() {
    return lease.hasAnswered();
  }

  /** See {@link Lease#staysAtRest()}. */
  boolean staysAtRest() {
    return lease.staysAtRest();
  }

  /**
   * The session is at rest: the next checkout of the same application pool may have it as it is.
   */
  void keep() {
    isKept = true;
  }

  /**
   * Ends the lease. A session that is not {@linkplain #keep kept} is made clean first; one of which
   * something was handed out is closed; if the logical connection was {@code lost}, when nobody can
   * use any more what was handed out, for until then somebody may.
   */
  void end(boolean lost) {
    boolean ended = false;
    try {
      if (lost && physical.isHandedOut()) {
        physical.letGo(lease::end);
      } else {
        endNow();
      }
      ended = true;
    } finally {
      if (!ended && tenure != null) {
        // Nothing but writes of fields: there may be no stack left for a call.
        tenure.isOver = true;
        tenure.custody.isLeft = true;
      }
    }
  }

  private void endNow() {
    try {
      outdateNow();
      if (physical.isHandedOut() || hasSpokenOf(SpokenOf.ENDS_WITH_SESSION)) {
        physical.retire();
      } else if (!isKept) {
        physical.disown();
      }
    } finally {
      lease.end();
    }
  }
}
