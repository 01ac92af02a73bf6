package io.tenantpool.observation;

import io.tenantpool.pool.BorrowSamples;
import io.tenantpool.pool.PoolListener;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Carries what MBeans and meters need from the pool's threads to the observation thread. */
final class PresenceFeed implements PoolListener {

  private final EventQueue queue;
  private final Supplier<PresenceBook> book;
  private final AtomicLong lostSamples = new AtomicLong();

  /** {@code book} is asked on the observation thread only. */
  PresenceFeed(EventQueue queue, Supplier<PresenceBook> book) {
    this.queue = queue;
    this.book = book;
  }

  /** Samples that found no room in the pool. */
  long lostSamples() {
    return lostSamples.get();
  }

  @Override
  public void serverAdded(String server) {
    queue.offer(() -> book.get().serverAdded(server));
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
    queue.offer(() -> book.get().samples(batch));
  }
}
