package io.tenantpool.observation;

import io.tenantpool.pool.BorrowSamples;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Carries what MBeans, meters and curves need from the pool's threads to the observation thread.
 */
final class PresenceFeed implements PoolListener {

  private final EventQueue queue;
  private final Supplier<PresenceBook> book;
  private final CapacityCurves curves;
  private final Ticker ticker;
  private final AtomicLong lostSamples = new AtomicLong();

  /** {@code book} is asked on the observation thread only. */
  PresenceFeed(
      EventQueue queue, Supplier<PresenceBook> book, CapacityCurves curves, Ticker ticker) {
    this.queue = queue;
    this.book = book;
    this.curves = curves;
    this.ticker = ticker;
  }

  /** Samples that found no room in the pool. */
  long lostSamples() {
    return lostSamples.get();
  }

  @Override
  public void serverAdded(String server) {
    long now = ticker.nanos();
    queue.offer(
        () -> {
          curves.begin(server, now);
          book.get().serverAdded(server);
        });
  }

  @Override
  public void tenantLive(String server, String tenant) {
    queue.offer(() -> book.get().tenantLive(server, tenant));
  }

  @Override
  public void tenantDormant(String server, String tenant) {
    queue.offer(() -> book.get().tenantDormant(server, tenant));
  }

  @Override
  public void opened(String server, String tenant, long id, long nanos) {
    queue.offer(() -> book.get().opened(server, tenant, nanos));
  }

  @Override
  public void timedOut(String server, String tenant, long waitedNanos, String message) {
    queue.offer(() -> book.get().timedOut(server, tenant));
  }

  @Override
  public void samples(BorrowSamples samples) {
    SampleBatch batch = new SampleBatch(samples);
    lostSamples.addAndGet(batch.lost());
    queue.offer(
        () -> {
          curves.record(batch);
          book.get().samples(batch);
        });
  }

  @Override
  public void watched(BorrowSamples samples) {
    SampleBatch batch = new SampleBatch(samples);
    lostSamples.addAndGet(batch.lost());
    queue.offer(() -> curves.record(batch));
  }
}
