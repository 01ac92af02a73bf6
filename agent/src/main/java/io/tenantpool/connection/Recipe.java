package io.tenantpool.connection;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a statement, or a connection's metadata, was made: the call that returned it, its settings
 * and its parameters since. Enough to make it anew on another physical connection, so that nobody
 * can tell. Under the logical connection's lock.
 */
final class Recipe {

  private final Step origin;
  private @Nullable Map<String, Step> settings;
  private @Nullable Map<Object, Step> parameters;
  private boolean batchPending;

  /** What is in the batch, while that is to be known. */
  private @Nullable List<Step> batch;

  private boolean isConsumable;

  /** Whether OUT parameters were registered. */
  private boolean hasOuts;

  /** Whether it was executed since it was made anew, and told to return generated keys. */
  private boolean isExecuted;

  private boolean wantsKeys;

  /** Of the last execution, if that was on an earlier physical connection. */
  private @Nullable Remainder remainder;

  /** The rest of its connection in which it was last executed; none is 0. */
  private int executedIn;

  /** What its SQL speaks of; negative before anybody asked. */
  private int spoken = -1;

  /** Made by {@code factory}, a method of the connection. */
  Recipe(Call factory, @Nullable Object @Nullable [] args) {
    origin = new Step(factory, args);
  }

  /** Notes a call that succeeded. */
  void note(Call call, @Nullable Object @Nullable [] args) {
    switch (call.trace()) {
      case EXECUTE -> consume();
      case SETTING -> settings = with(settings, call.method().getName(), call, args);
      case PARAMETER -> parameter(call, args);
      case CLEAR_PARAMETERS -> clearParameters();
      case ADD_BATCH -> batchPending = true;
      case CLEAR_BATCH, EXECUTE_BATCH -> endBatch();
      default -> {}
    }
  }

  private void parameter(Call call, @Nullable Object @Nullable [] args) {
    if (args == null) {
      return;
    }
    Object place = args[0] == null ? "" : args[0];
    boolean out = call.method().getName().equals("registerOutParameter");
    hasOuts |= out;
    parameters = with(parameters, out ? "out " + place : place, call, args);
    isConsumable |= call.mayTakeObject() && Step.isConsumable(args);
  }

  private void consume() {
    if (isConsumable && parameters != null) {
      parameters.values().removeIf(Step::isConsumable);
      isConsumable = false;
    }
  }

  private static <K> Map<K, Step> with(
      @Nullable Map<K, Step> steps, K key, Call call, @Nullable Object @Nullable [] args) {
    Map<K, Step> more = steps == null ? new LinkedHashMap<>(4) : steps;
    more.put(key, new Step(call, args));
    return more;
  }

  void clearParameters() {
    parameters = null;
    isConsumable = false;
  }

  /** The batch was executed, well or not, or cleared. */
  void endBatch() {
    batchPending = false;
    batch = null;
  }

  /** Remembers what a call adds to the batch, with the parameters that there are. */
  void keepInBatch(Call call, @Nullable Object @Nullable [] args) {
    List<Step> kept = batch == null ? new ArrayList<>() : batch;
    addCopies(parameters, kept);
    kept.add(Step.kept(call, args));
    batch = kept;
  }

  private static void addCopies(@Nullable Map<?, Step> steps, List<Step> to) {
    if (steps != null) {
      steps.values().forEach(step -> to.add(Step.kept(step.call(), step.args())));
    }
  }

  /** How {@code call}, which is about to be made, can be made again from the beginning. */
  SetUpStep.Execution execution(Call call, @Nullable Object @Nullable [] args) {
    List<Step> preparation = new ArrayList<>();
    List<String> sql = new ArrayList<>();
    addCopies(settings, preparation);
    if (batch != null && call.trace() == Trace.EXECUTE_BATCH) {
      preparation.addAll(batch);
      batch.forEach(step -> addSql(step.args(), sql));
    }
    addCopies(parameters, preparation);
    addSql(origin.args(), sql);
    addSql(args, sql);
    return new SetUpStep.Execution(
        Step.kept(origin.call(), origin.args()),
        List.copyOf(preparation),
        Step.kept(call, args),
        List.copyOf(sql));
  }

  private static void addSql(@Nullable Object @Nullable [] args, List<String> to) {
    if (args != null && args.length > 0 && args[0] instanceof String sql) {
      to.add(sql);
    }
  }

  /** It is about to be executed: what the last execution left is gone. */
  void begin(@Nullable Object @Nullable [] args) {
    isExecuted = true;
    remainder = null;
    wantsKeys = wantsKeys(args) || wantsKeys(origin.args());
  }

  private static boolean wantsKeys(@Nullable Object @Nullable [] args) {
    return args != null
        && args.length == 2
        && args[0] instanceof String
        && !Integer.valueOf(Statement.NO_GENERATED_KEYS).equals(args[1]);
  }

  /** It was executed while its application pool had the connection, in that rest of it. */
  void executedIn(int rest) {
    executedIn = rest;
  }

  /** Whether {@code statement}, made so, was executed in that rest and has rows to be read. */
  boolean isAwaited(@Nullable Object statement, int rest) throws SQLException {
    return executedIn == rest
        && statement instanceof Statement executed
        && !executed.isClosed()
        && Remainder.isUnread(executed);
  }

  /** {@code statement}, made so, is about to be closed with its lease. */
  void leave(Statement statement) throws SQLException {
    if (isExecuted) {
      isExecuted = false;
      remainder = Remainder.of(statement, wantsKeys, hasOuts);
    }
  }

  /** What is left of the last execution; null when that is nothing, or can be asked. */
  @Nullable Remainder remainder() {
    return remainder;
  }

  /** What its SQL speaks of, if it was prepared; see {@link SpokenOf}. */
  int spoken() {
    if (spoken < 0) {
      spoken = SpokenOf.in(sql());
    }
    return spoken;
  }

  /** Why the statement cannot be made anew now; null when it can. */
  @Nullable Pin holdsBack() {
    return batchPending ? Pin.BATCH : isConsumable ? Pin.STATEMENT : null;
  }

  /** What {@code setter} has set last; null when it was not called. */
  @Nullable Object setting(String setter) {
    Step step = settings == null ? null : settings.get(setter);
    @Nullable Object @Nullable [] args = step == null ? null : step.args();
    return args == null || args.length == 0 ? null : args[0];
  }

  /** What making it again means for the lease. */
  void noteUse(Binding lease) {
    lease.noteUse(origin.call(), origin.args());
  }

  /** Its SQL, if it was prepared. */
  @Nullable String sql() {
    @Nullable Object @Nullable [] args = origin.args();
    return args != null && args.length > 0 && args[0] instanceof String sql ? sql : null;
  }

  /** Makes it again, of {@code connection}. */
  Object make(Object connection) throws Throwable {
    Object made = origin.repeat(connection);
    if (made == null) {
      throw new IllegalStateException(origin.call().method() + " returned null");
    }
    if (settings != null) {
      for (Step step : settings.values()) {
        step.repeat(made);
      }
    }
    if (parameters != null) {
      for (Step step : parameters.values()) {
        step.repeat(made);
      }
    }
    return made;
  }
}
