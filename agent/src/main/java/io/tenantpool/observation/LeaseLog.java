package io.tenantpool.observation;

import io.tenantpool.config.LogLevel;
import io.tenantpool.pool.ConnectionLabel;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.Ticker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One borrow and its lease in the log, at {@code trace} alone. */
final class LeaseLog implements ConnectionWatch.Borrowing {

  private final EventLog log;
  private final Ticker ticker;
  private final long start;
  private volatile long lentAt;

  private LeaseLog(EventLog log, Ticker ticker) {
    this.log = log;
    this.ticker = ticker;
    this.start = ticker.nanos();
  }

  /** Interested in single borrows when their lines will be written. */
  static ConnectionWatch watch(EventLog log, Ticker ticker) {
    return new ConnectionWatch() {
      @Override
      public @Nullable Borrowing borrowing() {
        return log.passes(LogLevel.TRACE) ? new LeaseLog(log, ticker) : null;
      }
    };
  }

  @Override
  public void lent(ConnectionLabel connection, boolean first) {
    long now = ticker.nanos();
    lentAt = now;
    log.offer(
        line("borrowed", connection)
            .with("micros", TimeUnit.NANOSECONDS.toMicros(now - start))
            .with("opened", first)
            .with("thread", Thread.currentThread().getName()));
  }

  @Override
  public void returned(ConnectionLabel connection, @Nullable EvictionCause unfit) {
    log.offer(
        line("returned", connection)
            .with("leaseMicros", TimeUnit.NANOSECONDS.toMicros(ticker.nanos() - lentAt))
            .with("unfit", unfit)
            .with("thread", Thread.currentThread().getName()));
  }

  private LogLine line(String event, ConnectionLabel connection) {
    return log.line(LogLevel.TRACE, event)
        .with("server", connection.server())
        .with("tenant", connection.tenant())
        .with("connection", connection.id());
  }
}
