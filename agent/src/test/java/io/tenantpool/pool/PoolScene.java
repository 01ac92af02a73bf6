package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.connection.Caller;
import io.tenantpool.connection.Origin;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A pool over a stub server; time, resets and closes happen when the test says so. */
final class PoolScene {

  final StubServer server = new StubServer();
  final ManualTicker ticker = new ManualTicker();
  final RecordingListener events;
  final ServerPool pool;

  PoolScene(PoolLimits limits) {
    this(limits, new RecordingListener());
  }

  PoolScene(PoolLimits limits, RecordingListener listener) {
    events = listener;
    pool = new ServerPool("db:5432", limits, ticker, listener);
  }

  private static Route.Pooled route(String tenant) {
    return TestRoutes.route(tenant, "app", tenant.startsWith("sys"));
  }

  PooledLease borrow(String tenant) throws SQLException {
    return borrow(tenant, null);
  }

  /** As the application pool {@code origin}. */
  PooledLease borrow(String tenant, @Nullable Origin origin) throws SQLException {
    return borrow(tenant, origin, null);
  }

  /** On behalf of {@code caller}. */
  PooledLease borrow(String tenant, @Nullable Origin origin, @Nullable Caller caller)
      throws SQLException {
    return pool.borrow(route(tenant), server.opener(tenant), origin, caller);
  }

  static StubServer.Physical physical(PooledLease lease) {
    return (StubServer.Physical) lease.physical();
  }

  /** Resets and closes all that is due, as the worker would. */
  void work() {
    while (pool.work()) {
      // Goes on until nothing is left.
    }
  }

  ServerSnapshot figures() {
    return pool.read(Figures::server);
  }

  TenantSnapshot figures(String tenant) {
    return pool.read(
        figures -> figures.tenant(figures.ledger().tenants().named(tenant, false, ticker.nanos())));
  }

  /** After everything was returned: no permit, socket, lease or waiter is left. */
  void assertNothingLost() {
    pool.operations().evictIdle();
    work();
    assertEquals(0, figures().open(), () -> figures().toString());
    assertEquals(0, figures().active());
    assertEquals(0, figures().waiting());
    assertEquals(0, figures().liveTenants());
    assertEquals(0, server.sockets.get());
  }

  /** Returns once a parked borrower has met its interrupt, and is parked again. */
  void awaitInterruptSeen(Borrower borrower) throws InterruptedException {
    while (borrower.thread.isInterrupted()) {
      Thread.onSpinWait();
    }
    ticker.awaitParked(borrower.thread);
  }

  /** A thread of its own that borrows. */
  Borrower borrower(String tenant) {
    return new Borrower(tenant, null, null);
  }

  Borrower borrower(String tenant, @Nullable Origin origin) {
    return new Borrower(tenant, origin, null);
  }

  Borrower borrower(String tenant, Caller caller) {
    return new Borrower(tenant, null, caller);
  }

  final class Borrower {

    final Thread thread;
    private final CompletableFuture<PooledLease> lease = new CompletableFuture<>();
    private volatile boolean interrupted;

    private Borrower(String tenant, @Nullable Origin origin, @Nullable Caller caller) {
      thread =
          new Thread(
              () -> {
                try {
                  PooledLease got = borrow(tenant, origin, caller);
                  interrupted = Thread.currentThread().isInterrupted();
                  lease.complete(got);
                } catch (Throwable e) {
                  interrupted = Thread.currentThread().isInterrupted();
                  lease.completeExceptionally(e);
                }
              },
              "borrower of " + tenant);
      thread.setDaemon(true);
      thread.start();
    }

    /** Started, and standing in the line or backing off. */
    Borrower parked() throws InterruptedException {
      ticker.awaitParked(thread);
      return this;
    }

    PooledLease lease() throws Exception {
      return lease.get(20, TimeUnit.SECONDS);
    }

    Throwable failure() {
      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> lease.get(20, TimeUnit.SECONDS));
      return Objects.requireNonNull(failure.getCause());
    }

    boolean isDone() {
      return lease.isDone();
    }

    /** Whether its interrupt flag was up when the borrow ended. */
    boolean wasInterrupted() {
      return interrupted;
    }
  }
}
