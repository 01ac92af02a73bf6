package io.tenantpool.observation;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.Mode;
import io.tenantpool.config.SettingChange;
import io.tenantpool.config.SettingKey;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.BorrowSamples;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.Holder;
import io.tenantpool.pool.PinSite;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.Ticker;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line per event. The thread that causes an event pays a comparison when its level is off and a
 * place in the queue when it is on; lines are made and written by the observation thread.
 */
final class EventLog implements PoolListener {

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

  /** The first line; on the observation thread, when there is something to observe. */
  void started(long epochMillis, String version, Settings settings) {
    if (passes(LogLevel.INFO)) {
      write(
          new LogLine(LogLevel.INFO, epochMillis, "started")
              .with("version", version)
              .with("mode", settings.mode() == Mode.POOL ? null : settings.mode())
              .with("maxConnections", settings.maxConnections())
              .with("reservedConnections", settings.reservedConnections())
              .with("maxConnectionsPerTenant", settings.maxConnectionsPerTenant())
              .with("acquireTimeoutMillis", settings.acquireTimeout().toMillis())
              .with("maxIdleTimeMillis", settings.maxIdleTime().toMillis())
              .with("maxLifetimeMillis", settings.maxLifetime().toMillis()));
    }
  }

  /** How much is said from now on. */
  void level(LogLevel wanted) {
    level = wanted;
  }

  /** An operator changed a setting: said at every level but {@code off}. */
  void settingChanged(String who, SettingChange change, LogLevel levelBefore) {
    if (passes(LogLevel.ERROR) || levelBefore != LogLevel.OFF) {
      LogLine line =
          line(LogLevel.INFO, "setting-changed")
              .with("who", who)
              .with("what", change.after().key().property())
              .with("server", change.server())
              .with("old", change.before().text())
              .with("new", change.after().text());
      queue.offer(() -> write(line));
    }
  }

  /** An operator wanted a change that makes no sense; nothing was changed. */
  void settingRefused(String who, String name, String problems) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "setting-refused").with("who", who).with("what", name);
      queue.offer(() -> write(line.with("problems", problems)));
    }
  }

  /** An operator asked for something. */
  void operator(String operation, String server, @Nullable String tenant, Object result) {
    if (passes(LogLevel.INFO)) {
      LogLine line =
          line(LogLevel.INFO, "operator")
              .with("operation", operation)
              .with("server", server)
              .with("tenant", tenant)
              .with("result", result);
      queue.offer(() -> write(line));
    }
  }

  /** Somebody switched the mode. */
  void switched(Mode before, Mode now) {
    if (passes(LogLevel.INFO)) {
      LogLine line = line(LogLevel.INFO, "mode-switched").with("from", before).with("to", now);
      queue.offer(() -> write(line));
    }
  }

  /** The agent answers over HTTP. */
  void listening(String address, int port) {
    if (passes(LogLevel.INFO)) {
      LogLine line = line(LogLevel.INFO, "http-listening");
      queue.offer(() -> write(line.with("address", address).with("port", port)));
    }
  }

  /** The agent cannot answer over HTTP; all else works. */
  void notListening(String address, int port, IOException failure) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "http-not-listening");
      line.with("address", address).with("port", port);
      line.with("change", SettingKey.HTTP_PORT.property());
      queue.offer(() -> write(withFailure(line, failure)));
    }
  }

  /** Something of the agent's own observation does not work. */
  void problem(String what, @Nullable Throwable failure) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, "observation-problem").with("what", what);
      queue.offer(() -> write(failure == null ? line : withFailure(line, failure)));
    }
  }

  /** Something about the audit's file that an operator must know. */
  void audit(String event, SettingKey setting, String message) {
    if (passes(LogLevel.WARN)) {
      LogLine line = line(LogLevel.WARN, event).with("message", message);
      offer(line.with("change", setting.property()));
    }
  }

  /** Tells how often repeated events occurred; on the observation thread. */
  void sweep() {
    repeats.sweep(
        (kind, count) ->
            write(
                line(kind.level(), kind.event())
                    .with("server", kind.server())
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
      queue.offer(() -> write(line));
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

  private void unlessRepeated(RepeatFilter.Kind kind, LogLine line, @Nullable Exception failure) {
    if (repeats.passes(kind)) {
      write(failure == null ? line : withFailure(line, failure));
    }
  }

  private static LogLine withFailure(LogLine line, Throwable failure) {
    String state = failure instanceof SQLException sql ? sql.getSQLState() : null;
    return line.with("sqlState", state)
        .with("failure", failure.getClass().getName())
        .with("message", failure.getMessage());
  }

  /** To be written by the observation thread. */
  void offer(LogLine line) {
    queue.offer(() -> write(line));
  }

  private void write(LogLine line) {
    writer.write(line.render(format));
  }
}
