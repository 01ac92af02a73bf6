package io.tenantpool.observation;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.BorrowSamples;
import io.tenantpool.pool.CircuitState;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.Holder;
import io.tenantpool.pool.PinSite;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.RefusalCause;
import io.tenantpool.pool.Ticker;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.upkeep.Fault;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line per event: those of the pool, and what others who write to the log have to say. The
 * thread that causes an event pays a comparison when its level is off and a place in the queue when
 * it is on; lines are made and written by the observation thread.
 */
final class EventLog implements PoolListener {

  private static final String FAULT_EVENT = "agent-fault";
  private static final LogLevel FAULT_LEVEL = LogLevel.WARN;

  private volatile LogLevel level;
  private final LogFormat format;
  private final Ticker ticker;
  private final EventQueue queue;
  private final LogWriter writer;
  private final RepeatFilter repeats;
  private final RequestIds requests;

  EventLog(LogLevel level, LogFormat format, Ticker ticker, EventQueue queue, LogWriter writer) {
    this(level, format, ticker, queue, writer, RequestIds.NONE);
  }

  EventLog(
      LogLevel level,
      LogFormat format,
      Ticker ticker,
      EventQueue queue,
      LogWriter writer,
      RequestIds requests) {
    this.level = level;
    this.format = format;
    this.ticker = ticker;
    this.queue = queue;
    this.writer = writer;
    this.repeats = new RepeatFilter(ticker);
    this.requests = requests;
  }

  /** How much is said from now on. */
  void level(LogLevel wanted) {
    level = wanted;
  }

  /** Tells how often repeated events occurred; on the observation thread. */
  void sweep() {
    repeats.sweep(
        (kind, count) ->
            write(
                withPlace(
                        new LogLine(kind.level(), ticker.epochMillis(), kind.event()), kind.place())
                    .with("server", kind.server())
                    .with("tenant", kind.tenant())
                    .with("repeated", count)
                    .with(
                        "withinSeconds",
                        TimeUnit.NANOSECONDS.toSeconds(RepeatFilter.PERIOD_NANOS))));
  }

  /** Whether no repeated event waits to be told. */
  boolean isSettled() {
    return repeats.isEmpty();
  }

  @Override
  public void serverAdded(String server) {
    if (passes(LogLevel.INFO)) {
      LogLine line = line(LogLevel.INFO, "server-added");
      queue.offer(() -> write(line.with("server", server)));
    }
  }

  @Override
  public void budgetLowered(String server, int configured, int allowed) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "budget-lowered").with("server", server);
      line.with("configured", configured).with("allowed", allowed);
      line.with(
          "meaning", "the server allows no more; tenantpool.server-limit=off does not ask it");
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void budgetRaised(String server, int configured, int allowed) {
    if (passes(LogLevel.INFO)) {
      LogLine line = line(LogLevel.INFO, "budget-raised").with("server", server);
      line.with("configured", configured).with("allowed", allowed);
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void neighboursFound(String server, int budget, int left) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "neighbours-found").with("server", server);
      line.with("budget", budget).with("left", left);
      line.with(
          "meaning",
          "the server is full although it allows the budget: others use its connections");
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void neighboursGone(String server, int budget) {
    if (passes(LogLevel.INFO)) {
      LogLine line = line(LogLevel.INFO, "neighbours-gone").with("server", server);
      line.with("budget", budget);
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void turnedAway(String server, String tenant, RefusalCause cause, String message) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "turned-away").with("server", server);
      line.with("tenant", tenant).with("cause", cause).with("message", message);
      queue.offer(
          () ->
              unlessRepeated(
                  new RepeatFilter.Kind(LogLevel.WARN, "turned-away", server), line, null));
    }
  }

  @Override
  public void budgetExhausted(String server, int budget, int waiting) {
    // No warning: that tenants wait for each other's connections now and then is what a cap means.
    if (passes(LogLevel.INFO)) {
      LogLine line = line(LogLevel.INFO, "budget-exhausted").with("server", server);
      line.with("budget", budget).with("waiting", waiting);
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void lastConnectionLent(String server, String tenant, int waiting) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "last-connection").with("server", server);
      line.with("tenant", tenant)
          .with("waiting", waiting)
          .with(
              "meaning",
              "all others are held, and a thread that holds one got it, for it may wait for itself:"
                  + " raise tenantpool.max-connections, or have a thread use one connection at a"
                  + " time");
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void leakSuspected(String server, Holder holder) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "leak-suspected").with("server", server);
      line.with("tenant", holder.tenant()).with("connection", holder.connection());
      line.with("heldMillis", TimeUnit.NANOSECONDS.toMillis(holder.heldNanos()));
      line.with("thread", holder.thread());
      StackTraceElement site = holder.site();
      if (site != null) {
        line.with("site", PinSite.text(site)).with("stack", HolderFigures.lines(holder, " < "));
      }
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void tenantLive(String server, String tenant) {
    debug("tenant-live", server, tenant);
  }

  @Override
  public void tenantDormant(String server, String tenant) {
    debug("tenant-dormant", server, tenant);
  }

  private void debug(String event, String server, String tenant) {
    if (passes(LogLevel.DEBUG)) {
      LogLine line = line(LogLevel.DEBUG, event).with("server", server).with("tenant", tenant);
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void opened(String server, String tenant, long id, long nanos) {
    if (passes(LogLevel.DEBUG)) {
      LogLine line = line(LogLevel.DEBUG, "opened").with("server", server).with("tenant", tenant);
      line.with("connection", id).with("micros", TimeUnit.NANOSECONDS.toMicros(nanos));
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void closed(String server, String tenant, long id, EvictionCause cause, long ageNanos) {
    if (passes(LogLevel.DEBUG)) {
      LogLine line = line(LogLevel.DEBUG, "closed").with("server", server).with("tenant", tenant);
      line.with("connection", id).with("cause", cause);
      line.with("ageMillis", TimeUnit.NANOSECONDS.toMillis(ageNanos));
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void openFailed(String server, String tenant, Exception failure, long nanos) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "open-failed").with("server", server);
      line.with("tenant", tenant).with("millis", TimeUnit.NANOSECONDS.toMillis(nanos));
      queue.offer(
          () ->
              unlessRepeated(
                  new RepeatFilter.Kind(LogLevel.WARN, "open-failed", server), line, failure));
    }
  }

  @Override
  public void circuit(
      String server, String tenant, CircuitState state, int failures, @Nullable SQLException last) {
    boolean opens = state != CircuitState.CLOSED;
    LogLevel level = opens ? LogLevel.WARN : LogLevel.INFO;
    if (passes(level)) {
      String event = opens ? "circuit-open" : "circuit-closed";
      LogLine line = line(level, event).with("server", server);
      if (!tenant.isEmpty()) {
        line.with("tenant", tenant);
      }
      line.with("failures", failures);
      String who = tenant.isEmpty() ? server : server + ' ' + tenant;
      queue.offer(() -> unlessRepeated(new RepeatFilter.Kind(level, event, who), line, last));
    }
  }

  @Override
  public void openRefused(String server, String tenant, int open, int budget) {
    if (passes(LogLevel.INFO)) {
      LogLine line = line(LogLevel.INFO, "open-refused").with("server", server);
      line.with("tenant", tenant).with("open", open).with("budget", budget);
      queue.offer(
          () ->
              unlessRepeated(
                  new RepeatFilter.Kind(LogLevel.INFO, "open-refused", server), line, null));
    }
  }

  @Override
  public void resetFailed(String server, String tenant, long id, Exception failure) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "reset-failed").with("server", server);
      line.with("tenant", tenant).with("connection", id);
      queue.offer(
          () ->
              unlessRepeated(
                  new RepeatFilter.Kind(LogLevel.WARN, "reset-failed", server), line, failure));
    }
  }

  @Override
  public void timedOut(String server, String tenant, long waitedNanos, String message) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "timed-out").with("server", server).with("tenant", tenant);
      line.with("waitedMillis", TimeUnit.NANOSECONDS.toMillis(waitedNanos))
          .with("message", message);
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void heldAndWaited(String server, String tenant, long waitedNanos, String holders) {
    if (passes(LogLevel.WARN)) {
      LogLine line =
          line(LogLevel.WARN, "hold-and-wait").with("server", server).with("tenant", tenant);
      line.with("waitedMillis", TimeUnit.NANOSECONDS.toMillis(waitedNanos))
          .with("holders", holders)
          .with(
              "meaning",
              "these threads held all that the tenant could have, and executed nothing at the end");
      queue.offer(
          () ->
              unlessRepeated(
                  new RepeatFilter.Kind(LogLevel.WARN, "hold-and-wait", server).ofTenant(tenant),
                  line,
                  null));
    }
  }

  @Override
  public void reset(String server, String tenant, long id, long nanos) {
    if (passes(LogLevel.TRACE)) {
      LogLine line = line(LogLevel.TRACE, "reset").with("server", server).with("tenant", tenant);
      line.with("connection", id).with("micros", TimeUnit.NANOSECONDS.toMicros(nanos));
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void pinned(
      String server,
      String tenant,
      long id,
      Pin cause,
      @Nullable StackTraceElement site,
      boolean isNew) {
    // The pool keeps so few call sites of a server that this cannot flood the log.
    LogLevel wanted = isNew ? LogLevel.INFO : LogLevel.TRACE;
    if (passes(wanted)) {
      LogLine line = line(wanted, isNew ? "new-pin-site" : "pinned").with("server", server);
      line.with("tenant", tenant);
      if (id != PoolListener.ONLY_WATCHED) {
        line.with("connection", id);
      }
      line.with("cause", cause).with("site", PinSite.text(site));
      queue.offer(() -> write(isNew ? line.with("meaning", cause.consequence()) : line));
    }
  }

  @Override
  public void notPooled(Unpooled one) {
    // One of each reason and place, and the pool keeps so few places that this cannot flood the
    // log.
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "not-pooled").with("server", one.server());
      line.with("reason", one.reason()).with("site", one.site()).with("detail", one.detail());
      line.with("meaning", one.reason().meaning()).with("advice", one.reason().advice());
      queue.offer(() -> write(line));
    }
  }

  @Override
  public void samples(BorrowSamples samples) {
    if (passes(LogLevel.TRACE)) {
      SampleBatch batch = new SampleBatch(samples);
      LogLine line = line(LogLevel.TRACE, "samples").with("server", samples.server());
      queue.offer(() -> write(line.with("samples", batch.size()).with("lost", batch.lost())));
    }
  }

  /** Whether lines of this level are written. */
  boolean passes(LogLevel wanted) {
    return wanted.compareTo(level) <= 0;
  }

  /** A line to be filled; to be asked for by the thread that caused the event. */
  LogLine line(LogLevel lineLevel, String event) {
    return new LogLine(lineLevel, ticker.epochMillis(), event, requests.current());
  }

  /** Of any thread: something went wrong inside the agent; false when there is no room. */
  boolean tell(Fault fault) {
    if (!passes(FAULT_LEVEL)) {
      // Counted all the same; the next one must not find this one still on its way.
      fault.take();
      return true;
    }
    long time = ticker.epochMillis();
    return queue.offer(() -> write(fault, time));
  }

  private void write(Fault fault, long time) {
    Fault.Place place = fault.place();
    if (repeats.passes(
        new RepeatFilter.Kind(FAULT_LEVEL, FAULT_EVENT, null, place), fault.take())) {
      write(
          withPlace(new LogLine(FAULT_LEVEL, time, FAULT_EVENT), place)
              .with("about", fault.about())
              .with("failure", fault.failure())
              .with("message", fault.message())
              .with("stack", fault.stack()));
    }
  }

  private static LogLine withPlace(LogLine line, Fault.@Nullable Place place) {
    return place == null ? line : line.with("kind", place.kind()).with("what", place.what());
  }

  private void unlessRepeated(RepeatFilter.Kind kind, LogLine line, @Nullable Exception failure) {
    if (repeats.passes(kind)) {
      write(withFailure(line, failure));
    }
  }

  private static LogLine withFailure(LogLine line, @Nullable Throwable failure) {
    if (failure == null) {
      return line;
    }
    String state = failure instanceof SQLException sql ? sql.getSQLState() : null;
    return line.with("sqlState", state)
        .with("failure", failure.getClass().getName())
        .with("message", failure.getMessage());
  }

  /** To be written by the observation thread. */
  void offer(LogLine line) {
    queue.offer(() -> write(line));
  }

  /** The same, with what {@code failure} says of itself. */
  void offer(LogLine line, @Nullable Throwable failure) {
    queue.offer(() -> write(withFailure(line, failure)));
  }

  /** On the observation thread. */
  void write(LogLine line) {
    writer.write(line.render(format));
  }
}
