package io.tenantpool.observation;

import io.tenantpool.pool.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until a test moves it. */
final class ManualTicker implements Ticker {

  private final AtomicLong now = new AtomicLong(1_000_000_000L);

  void advance(long nanos) {
    now.addAndGet(nanos);
  }

  @Override
  public long nanos() {
    return now.get();
  }

  @Override
  public long epochMillis() {
    return 1_700_000_000_000L + now.get() / 1_000_000;
  }
}
