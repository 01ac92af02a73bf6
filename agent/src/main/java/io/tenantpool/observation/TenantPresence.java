package io.tenantpool.observation;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One live tenant: its MXBean, HikariCP's MBeans and HikariCP's meters for it. */
final class TenantPresence implements Presence {

  private final BorrowTimes times;
  private final List<Runnable> unregister;
  private final @Nullable IMetricsTracker tracker;

  TenantPresence(BorrowTimes times, List<Runnable> unregister, @Nullable IMetricsTracker tracker) {
    this.times = times;
    this.unregister = unregister;
    this.tracker = tracker;
  }

  @Override
  public void borrowed(long nanos) {
    times.record(nanos);
    if (tracker != null) {
      tracker.recordConnectionAcquiredNanos(nanos);
    }
  }

  @Override
  public void returned(long nanos) {
    if (tracker != null) {
      tracker.recordConnectionUsageMillis(TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  @Override
  public void opened(long nanos) {
    if (tracker != null) {
      tracker.recordConnectionCreatedMillis(TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  @Override
  public void timedOut() {
    if (tracker != null) {
      tracker.recordConnectionTimeout();
    }
  }

  @Override
  public void resetTimes() {
    times.reset();
  }

  @Override
  public void close() {
    unregister.forEach(Runnable::run);
    if (tracker != null) {
      tracker.close();
    }
  }
}
