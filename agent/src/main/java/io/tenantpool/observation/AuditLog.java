package io.tenantpool.observation;

import io.tenantpool.config.AuditSettings;
import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.SettingKey;
import io.tenantpool.observation.audit.AuditWriter;
import io.tenantpool.pool.ConnectionLabel;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.AgentThreads;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who had which physical connection when: a line for each one that is opened, leased, returned or
 * closed, in a file of its own. The application's threads pay for a place in a queue.
 */
final class AuditLog implements ConnectionWatch, AuditWriter.Listener, AutoCloseable {

  /** Some seconds of a busy server, so that a slow disk has time to come back. */
  private static final int CAPACITY = 50_000;

  private final LogFormat format;
  private final Ticker ticker;
  private final EventLog log;
  private final RequestIds requests;
  private final AuditWriter writer;

  /** Every lease is heard of by the same object: it keeps nothing of it. */
  private final Borrowing lease = new Lease();

  private AuditLog(
      Path file,
      AuditSettings settings,
      LogFormat format,
      Ticker ticker,
      EventLog log,
      RequestIds requests,
      AgentThreads threads) {
    this.format = format;
    this.ticker = ticker;
    this.log = log;
    this.requests = requests;
    this.writer = new AuditWriter(file, settings, CAPACITY, this, threads);
  }

  /** An audit that is being written, when the settings want one; null otherwise. */
  static @Nullable AuditLog whereWanted(
      AuditSettings settings,
      LogFormat format,
      Ticker ticker,
      EventLog log,
      RequestIds requests,
      AgentThreads threads) {
    if (settings.file().isEmpty()) {
      return null;
    }
    AuditLog audit =
        new AuditLog(settings.file().get(), settings, format, ticker, log, requests, threads);
    audit.writer.start();
    return audit;
  }

  /** Has the writer end as soon as it has written what there is. */
  void end() {
    writer.end();
  }

  @Override
  public void close() {
    writer.close();
  }

  @Override
  public @Nullable Borrowing borrowing() {
    return writer.isOff() ? null : lease;
  }

  @Override
  public Work opening() {
    return (connection, successful) -> {
      if (successful) {
        tell("opened", connection, null);
      }
    };
  }

  @Override
  public void closed(ConnectionLabel connection, EvictionCause cause, long ageNanos) {
    tell("closed", connection, cause);
  }

  private void tell(String event, ConnectionLabel connection, @Nullable EvictionCause cause) {
    long time = ticker.epochMillis();
    String thread = Thread.currentThread().getName();
    String request = requests.current();
    writer.offer(
        () ->
            LogLine.audit(time, event, request)
                .with("server", connection.server())
                .with("tenant", connection.tenant())
                .with("user", connection.user().isEmpty() ? null : connection.user())
                .with("connection", connection.id())
                .with("cause", cause)
                .with("thread", thread)
                .render(format));
  }

  @Override
  public void gaveUp(Path file, Throwable failure) {
    warn("audit-not-written", file + ": " + failure);
  }

  @Override
  public void problem(String message) {
    warn("audit-problem", message);
  }

  @Override
  public String lost(long lines) {
    warn("audit-lost", lines + " lines came too fast to be written");
    return LogLine.audit(ticker.epochMillis(), "lost", null).with("lines", lines).render(format);
  }

  /** Something about the file that an operator must know. */
  private void warn(String event, String message) {
    if (log.passes(LogLevel.WARN)) {
      log.offer(
          log.line(LogLevel.WARN, event)
              .with("message", message)
              .with("change", SettingKey.AUDIT_FILE.property()));
    }
  }

  private final class Lease implements Borrowing {

    @Override
    public void lent(ConnectionLabel connection, boolean first) {
      tell("leased", connection, null);
    }

    @Override
    public void returned(ConnectionLabel connection, @Nullable EvictionCause unfit) {
      tell("returned", connection, unfit);
    }
  }
}
