package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.connection.WaitLimit;
import io.tenantpool.routing.TestRoutes;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a driver, or whoever watches, throws where it must not is told once, and costs nothing. */
class ToldFaultsTest {

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Faults faults = Upkeep.faults(told);
  private volatile Runnable onClosed = () -> {};

  private final PoolScene scene =
      new PoolScene(
          TestLimits.of(4, 0, 4),
          new RecordingListener() {
            @Override
            public Faults faults() {
              return faults;
            }

            @Override
            public ConnectionWatch watch() {
              return new ConnectionWatch() {
                @Override
                public void closed(ConnectionLabel connection, EvictionCause cause, long ageNanos) {
                  onClosed.run();
                }
              };
            }
          });

  private void assertTold(String what) {
    assertEquals(List.of(what), told);
    assertEquals(1, faults.count(FaultKind.DRIVER));
    assertEquals(1, faults.count());
  }

  /** A connection of the stub server that does something else when {@code method} is called. */
  private PhysicalConnection odd(String method, Callable<@Nullable Object> instead)
      throws SQLException {
    PhysicalConnection real = scene.server.opener("a").open();
    return (PhysicalConnection)
        Proxy.newProxyInstance(
            PhysicalConnection.class.getClassLoader(),
            new Class<?>[] {PhysicalConnection.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                return instead.call();
              }
              try {
                return called.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private PooledLease borrow(PhysicalOpener opener) throws SQLException {
    return scene.pool.borrow(TestRoutes.route("a"), opener, null, null);
  }

  @Test
  void anAbortThatFailsIsToldAndTheConnectionClosedAllTheSame() throws Exception {
    PooledLease lease =
        borrow(
            () ->
                odd(
                    "abort",
                    () -> {
                      throw new LinkageError("the driver's classes are gone");
                    }));
    Gate resetting = new Gate();
    scene.server.onReset = resetting;
    lease.end();
    Thread worker = new Thread(scene::work);
    worker.start();
    resetting.awaitEntered();
    scene.ticker.advanceMillis(5_000);
    scene.pool.operations().expire();
    assertTold("a connection could not be aborted");
    resetting.open();
    worker.join(20_000);
    assertEquals(0, scene.server.sockets.get(), "nobody else may get it");
    scene.assertNothingLost();
  }

  @Test
  void whatADriverThrewWithoutDeclaringItIsTold() throws Exception {
    AtomicReference<@Nullable Throwable> thrown =
        new AtomicReference<>(new IOException("checked, and undeclared"));
    borrow(() -> odd("takeFault", () -> thrown.getAndSet(null))).end();
    scene.assertNothingLost();
    assertTold("a driver threw what it does not declare; its connection is closed");
  }

  @Test
  void aValidationThatThrowsIsToldAndAnotherConnectionIsLent() throws Exception {
    PooledLease first = scene.borrow("a");
    StubServer.Physical doubtful = PoolScene.physical(first);
    first.end();
    scene.work();
    scene.server.onValidation =
        () -> {
          throw new StackOverflowError("on purpose");
        };
    scene.ticker.advanceMillis(501);
    PooledLease second = scene.borrow("a");
    assertNotSame(doubtful, PoolScene.physical(second));
    assertTrue(doubtful.closed);
    assertTold("a validation failed; its connection is closed");
    second.end();
    scene.assertNothingLost();
  }

  @Test
  void aLimitThatCannotBeReadIsToldAndTheConnectionIsLent() throws Exception {
    PooledLease lease =
        borrow(
            new PhysicalOpener() {
              @Override
              public PhysicalConnection open() throws SQLException {
                return scene.server.opener("a").open();
              }

              @Override
              public @Nullable WaitLimit limit(boolean pooled) {
                throw new IllegalStateException("the application's properties");
              }
            });
    assertEquals(1, scene.figures().active());
    assertTold("the limit of a caller could not be read");
    lease.end();
    scene.assertNothingLost();
  }

  @Test
  void aLeaseEndsThoughWhoWatchesItFails() throws Exception {
    PooledLease lease = scene.borrow("a");
    lease.watchedBy(
        new ConnectionWatch.Borrowing() {
          @Override
          public void lent(ConnectionLabel connection, boolean first) {}

          @Override
          public void returned(ConnectionLabel connection, @Nullable EvictionCause unfit) {
            throw new NoClassDefFoundError("on purpose");
          }
        });
    lease.end();
    assertEquals(0, scene.figures().active());
    assertTold("who watches leases failed; the lease ends all the same");
    scene.work();
    assertEquals(1, scene.figures().idle(), "fit for the next one");
    scene.assertNothingLost();
  }

  @Test
  void anIdleConnectionThatCannotBeClosedDoesNotKeepTheOthersOpen() throws Exception {
    PooledLease one = scene.borrow("a");
    PooledLease other = scene.borrow("b");
    one.end();
    other.end();
    scene.work();
    onClosed =
        () -> {
          onClosed = () -> {};
          throw new IllegalStateException("on purpose");
        };
    assertEquals(2, scene.pool.operations().closeDatabase("any"));
    assertEquals(0, scene.server.sockets.get());
    assertTold("an idle connection could not be closed");
    scene.assertNothingLost();
  }

  @Test
  void aConnectionThatCannotSayHowItIsIsToldAndClosed() throws Exception {
    PooledLease lease =
        borrow(
            () ->
                odd(
                    "isReusable",
                    () -> {
                      throw new IllegalStateException("on purpose");
                    }));
    lease.end();
    assertTold("a connection could not say how it is; it is closed");
    scene.work();
    assertEquals(0, scene.server.sockets.get());
    assertEquals(1, scene.figures().evictions().get(EvictionCause.BROKEN));
    scene.assertNothingLost();
  }
}
