package io.tenantpool.connection;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that an application pool called while it set a connection up ({@code connectionInitSql},
 * hooks for new connections, defaults), in order: SQL in every form, JDBC's setters, calls of the
 * driver's own interface. It is repeated in that order on every clean session that the connection
 * gets later, before it is used. What was rolled back is not in it. Under the logical connection's
 * lock.
 *
 * <p>A setter by itself does not make a session another one: what was set goes with the connection
 * ({@link JdbcState}). Only together with SQL the order matters.
 */
final class Journal {

  /** What JDBC's setters and SQL can both set. */
  static final Set<SessionProperty> SHARED_WITH_SQL =
      EnumSet.of(
          SessionProperty.SCHEMA,
          SessionProperty.ISOLATION,
          SessionProperty.READ_ONLY,
          SessionProperty.CLIENT_INFO);

  private final JdbcState defaults;

  /** What was done, that of a transaction which is open behind what is settled. */
  private final List<SetUpStep> steps = new ArrayList<>(4);

  private int settled;

  /** How much had been done at each savepoint of the open transaction. */
  private Map<Savepoint, Integer> savepoints = Collections.emptyMap();

  /** What is settled, to be repeated; the sessions that were set up so have the same list. */
  private List<SetUpStep> repeated = List.of();

  /** What is set by setters once all is repeated. */
  private JdbcState left = new JdbcState();

  /** What the SQL may have set in another way than by a setter. */
  private Set<SessionProperty> touchedBySql = Set.of();

  private boolean isRepeatable = true;

  /** Of a connection which is like that when it is new. */
  Journal(JdbcState defaults) {
    this.defaults = defaults;
  }

  /** Whether all of it can be done again elsewhere. */
  boolean isRepeatable() {
    return isRepeatable;
  }

  /** Something was done of which nobody knows how to do it again. */
  void cannotBeRepeated() {
    isRepeatable = false;
  }

  // ---- what is done

  /** A step succeeded on {@code physical}. */
  void done(SetUpStep step, DriverConnection physical) throws SQLException {
    isRepeatable &= step.isRepeatable();
    if (step.sql().stream().anyMatch(SetUpSql::rollsBack) && !physical.isInTransaction()) {
      rolledBack(physical);
      return;
    }
    steps.add(step);
    settle(physical);
  }

  /** A setter succeeded: on {@code physical}, or of a connection that has no session just now. */
  void set(SessionProperty property, @Nullable Object value, @Nullable DriverConnection physical)
      throws SQLException {
    if (property != SessionProperty.AUTO_COMMIT && !SHARED_WITH_SQL.contains(property)) {
      return;
    }
    boolean inTransaction = physical != null && physical.isInTransaction();
    boolean isFirst = true;
    for (int i = steps.size() - 1; i >= 0 && isFirst; i--) {
      SetUpStep step = steps.get(i);
      if (!step.isSetting()) {
        isFirst = false;
      } else if (step instanceof SetUpStep.Setter before && before.property() == property) {
        if (inTransaction && i < settled) {
          isFirst = false;
        } else {
          // Nothing has been done in between that could have noticed.
          removed(i);
        }
      }
    }
    if (!isFirst || !Objects.equals(value, defaults.get(property))) {
      steps.add(new SetUpStep.Setter(property, value));
    }
    settle(physical);
  }

  private void removed(int index) {
    steps.remove(index);
    if (index < settled) {
      settled--;
    }
  }

  void committed(DriverConnection physical) throws SQLException {
    for (SetUpStep step : steps.subList(settled, steps.size())) {
      if (step.isTransactional()) {
        steps.add(new SetUpStep.Commit());
        break;
      }
    }
    settle(physical);
  }

  void rolledBack(DriverConnection physical) throws SQLException {
    takeBack(settled);
    settle(physical);
  }

  void savepoint(Savepoint savepoint) {
    if (savepoints.isEmpty()) {
      savepoints = new IdentityHashMap<>();
    }
    savepoints.put(savepoint, steps.size());
  }

  void rolledBackTo(Savepoint savepoint) {
    Integer then = savepoints.get(savepoint);
    if (then != null) {
      takeBack(Math.max(then, settled));
    }
  }

  private void takeBack(int from) {
    steps.subList(from, steps.size()).removeIf(SetUpStep::isTransactional);
  }

  /** A call failed, and with it perhaps the transaction. */
  void failed(boolean wasBatch, DriverConnection physical) throws SQLException {
    if (!physical.isInTransaction()) {
      // Of a batch outside a transaction nobody knows how far it came.
      isRepeatable &= !wasBatch;
      rolledBack(physical);
    }
  }

  /** The set-up is over on {@code physical}, and its transaction was committed. */
  void ended(DriverConnection physical) throws SQLException {
    // A transaction that the pool's own SQL began is the pool's to end.
    isRepeatable &= !physical.isInTransaction();
    committed(physical);
  }

  /** What was done outside a transaction, or in one that was committed, is there to stay. */
  void settle(@Nullable DriverConnection physical) throws SQLException {
    if (physical != null && physical.isInTransaction()) {
      return;
    }
    settled = steps.size();
    savepoints = Collections.emptyMap();
    boolean settersAlone = steps.stream().allMatch(SetUpStep::isSetting);
    List<SetUpStep> now = settersAlone ? List.of() : List.copyOf(steps);
    if (!now.equals(repeated)) {
      learn(now);
    }
    if (physical != null) {
      physical.setUp(repeated);
    }
  }

  private void learn(List<SetUpStep> now) {
    repeated = now;
    left = new JdbcState();
    EnumSet<SessionProperty> touched = EnumSet.noneOf(SessionProperty.class);
    for (SetUpStep step : now) {
      if (step instanceof SetUpStep.Setter setter) {
        left.put(setter.property(), setter.value());
      }
      for (String sql : step.sql()) {
        SHARED_WITH_SQL.stream().filter(p -> SetUpSql.mayTouch(sql, p)).forEach(touched::add);
      }
    }
    touchedBySql = touched;
  }

  // ---- on other sessions

  /** Whether the session was set up exactly so. */
  boolean isThatOf(DriverConnection physical) {
    List<SetUpStep> there = physical.setUp();
    if (there == repeated) {
      return true;
    }
    if (!there.equals(repeated)) {
      return false;
    }
    // The pool's connections come to share one list, which is compared at a glance.
    repeated = there;
    return true;
  }

  /**
   * Whether what setters have set of the session since it was set up, by this connection or another
   * one of the pool, leaves what this one is to find, or can be set anew.
   *
   * @param ownLater what this connection has set since its set-up
   */
  boolean isIntact(JdbcState applied, Set<SessionProperty> ownLater) {
    for (SessionProperty property : touchedBySql) {
      if (!ownLater.contains(property)
          && !Objects.equals(applied.get(property), left.get(property))) {
        return false;
      }
    }
    return true;
  }

  /**
   * What this connection has set since its set-up holds; where the SQL of the set-up may have set
   * the same since, nobody knows the value in the session.
   */
  void doubt(JdbcState applied, Set<SessionProperty> ownLater) {
    for (SessionProperty property : touchedBySql) {
      if (ownLater.contains(property)
          && Objects.equals(applied.get(property), left.get(property))) {
        applied.forget(property);
      }
    }
  }

  /**
   * Sets a clean session up, which is in no transaction afterwards.
   *
   * @throws SQLException what the driver throws; the session is then to be made clean again
   */
  void repeatOn(DriverConnection physical) throws SQLException {
    try {
      for (SetUpStep step : repeated) {
        step.repeat(physical);
      }
      if (!repeated.isEmpty()) {
        new SetUpStep.Commit().repeat(physical);
      }
    } catch (SQLException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable undeclared) {
      throw new SQLException("A set-up could not be repeated", undeclared);
    }
    physical.setUp(repeated);
  }
}
