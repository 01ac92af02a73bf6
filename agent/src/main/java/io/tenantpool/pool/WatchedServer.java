package io.tenantpool.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tenantpool.connection.Pin;
import io.tenantpool.connection.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one server that are watched and not pooled. What would be a lease if they were
 * pooled goes to the listener as a sample, so that the capacity curve sees it. Thread-safe.
 */
final class WatchedServer {

  /** Who opens and closes a connection for each request is there all the time. */
  static final long RECENT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final ServerPool pool;

  @GuardedBy("this")
  private final Map<String, WatchedTally> tenants = new HashMap<>();

  @GuardedBy("this")
  private @Nullable WatchedTally all;

  /** Null until something is watched: most servers' connections are pooled. */
  @GuardedBy("this")
  private @Nullable SampleJournal journal;

  WatchedServer(ServerPool pool) {
    this.pool = pool;
  }

  Watch opened(String tenant, boolean ofPool, long connectNanos) {
    synchronized (this) {
      long now = pool.ticker().nanos();
      if (all == null) {
        // The window begins with the connect that is just over.
        all = new WatchedTally(now - connectNanos);
      }
      WatchedTally tally = tenants.get(tenant);
      if (tally == null) {
        // All windows are one, so that the means of tenants add up.
        tally = new WatchedTally(now);
        tally.sameWindowAs(all);
        tenants.put(tenant, tally);
      }
      all.opened(connectNanos, now);
      tally.opened(connectNanos, now);
      Use use = new Use(tenant, all, tally, ofPool);
      use.start(now, connectNanos);
      return use;
    }
  }

  /** The whole server, then tenant by tenant; empty when nothing was ever watched. */
  synchronized List<WatchedSnapshot> snapshots() {
    List<WatchedSnapshot> snapshots = new ArrayList<>();
    if (all != null) {
      long now = pool.ticker().nanos();
      snapshots.add(all.snapshot("", now));
      tenants.forEach((tenant, tally) -> snapshots.add(tally.snapshot(tenant, now)));
    }
    return snapshots;
  }

  /** The tenants that hold connections, or did within the last minute. */
  synchronized List<WatchedSnapshot> recent() {
    List<WatchedSnapshot> snapshots = new ArrayList<>();
    long now = pool.ticker().nanos();
    tenants.forEach(
        (tenant, tally) -> {
          if (tally.heldWithin(RECENT_NANOS, now)) {
            snapshots.add(tally.snapshot(tenant, now));
          }
        });
    return snapshots;
  }

  /** One tenant, or with an empty name the whole server; empty when it was never watched. */
  synchronized Optional<WatchedSnapshot> snapshot(String tenant) {
    WatchedTally tally = tenant.isEmpty() ? all : tenants.get(tenant);
    return Optional.ofNullable(tally).map(seen -> seen.snapshot(tenant, pool.ticker().nanos()));
  }

  synchronized void resetPeaks() {
    if (all != null) {
      long now = pool.ticker().nanos();
      all.resetPeaks(now);
      tenants.values().forEach(tally -> tally.resetPeaks(now));
    }
  }

  @GuardedBy("this")
  private SampleJournal journal() {
    if (journal == null) {
      journal = new SampleJournal(pool.name());
    }
    return journal;
  }

  void publishSamples(Herald herald) {
    BorrowSamples samples;
    synchronized (this) {
      samples = journal == null ? null : journal.drain();
    }
    if (samples != null) {
      herald.tell(told -> told.watched(samples));
    }
  }

  /** One watched connection. */
  private final class Use implements Watch {

    private final String tenant;
    private final WatchedTally server;
    private final WatchedTally tally;
    private final boolean ofPool;

    @GuardedBy("WatchedServer.this")
    private boolean busy;

    /** Whether it would have a lease. */
    @GuardedBy("WatchedServer.this")
    private boolean leased;

    @GuardedBy("WatchedServer.this")
    private long leasedAt;

    @GuardedBy("WatchedServer.this")
    private boolean closed;

    Use(String tenant, WatchedTally server, WatchedTally tally, boolean ofPool) {
      this.tenant = tenant;
      this.server = server;
      this.tally = tally;
      this.ofPool = ofPool;
    }

    /** Begins as it is: at rest in its pool, or in use. */
    void start(long now, long connectNanos) {
      synchronized (WatchedServer.this) {
        if (ofPool) {
          resting(true);
        } else {
          begin(now, connectNanos);
        }
      }
    }

    @GuardedBy("WatchedServer.this")
    private void begin(long now, long nanos) {
      leased = true;
      leasedAt = now;
      journal().borrowed(tenant, nanos);
    }

    @GuardedBy("WatchedServer.this")
    private void end(long now) {
      leased = false;
      journal().returned(tenant, now - leasedAt);
    }

    @GuardedBy("WatchedServer.this")
    private void resting(boolean more) {
      server.resting(more);
      tally.resting(more);
    }

    @GuardedBy("WatchedServer.this")
    private void busy(boolean more, long now) {
      if (busy != more) {
        busy = more;
        server.busy(more, now);
        tally.busy(more, now);
      }
    }

    @Override
    public void lent() {
      synchronized (WatchedServer.this) {
        if (ofPool && !leased && !closed) {
          begin(pool.ticker().nanos(), 0);
          resting(false);
        }
      }
    }

    @Override
    public void returned() {
      synchronized (WatchedServer.this) {
        if (ofPool && leased && !closed) {
          end(pool.ticker().nanos());
          resting(true);
        }
      }
    }

    @Override
    public void busy() {
      synchronized (WatchedServer.this) {
        if (!closed) {
          busy(true, pool.ticker().nanos());
        }
      }
    }

    @Override
    public void idle() {
      synchronized (WatchedServer.this) {
        busy(false, pool.ticker().nanos());
      }
    }

    @Override
    public void wouldPin(Pin cause, @Nullable StackTraceElement site) {
      synchronized (WatchedServer.this) {
        server.wouldPin(cause);
        tally.wouldPin(cause);
      }
      long now = pool.ticker().epochMillis();
      PinSites.Sighting seen =
          pool.books().ask(ledger -> ledger.pinSites().pinned(cause, site, tenant, now));
      pool.herald()
          .tell(
              told ->
                  told.pinned(
                      pool.name(),
                      tenant,
                      PoolListener.ONLY_WATCHED,
                      cause,
                      seen.site(),
                      seen.isNew()));
    }

    @Override
    public void closed() {
      synchronized (WatchedServer.this) {
        if (closed) {
          return;
        }
        closed = true;
        long now = pool.ticker().nanos();
        busy(false, now);
        if (leased) {
          end(now);
        } else {
          resting(false);
        }
        server.closed(now);
        tally.closed(now);
      }
    }
  }
}
