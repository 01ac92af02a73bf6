package io.tenantpool.interception;

import io.tenantpool.connection.Lease;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.PoolManager;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The lease of a portable connection that needs a physical one while nothing is pooled: the driver
 * opens it, it stays with its connection as it would without the agent, and is closed with it. Once
 * there is pooling again it ends at the next return to the application pool.
 */
final class DirectLease implements Lease {

  private final PoolManager pool;
  private final PhysicalConnection physical;
  private final AtomicBoolean ended = new AtomicBoolean();

  DirectLease(PoolManager pool, PhysicalConnection physical) {
    this.pool = pool;
    this.physical = physical;
  }

  @Override
  public PhysicalConnection physical() {
    return physical;
  }

  @Override
  public boolean hasAnswered() {
    return true;
  }

  @Override
  public boolean staysAtRest() {
    return !pool.isPooling();
  }

  /** Closes it on the calling thread, as the driver's own close does. */
  @Override
  public void end() {
    if (ended.compareAndSet(false, true)) {
      physical.close();
    }
  }

  @Override
  public void pinned(Pin cause, @Nullable StackTraceElement site) {
    // It holds up nobody.
  }
}
