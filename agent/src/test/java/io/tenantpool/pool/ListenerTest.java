package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Pin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listener hears each event once, outside the lock, and can do no harm. */
class ListenerTest {

  private final PoolScene scene = new PoolScene(TestLimits.of(1, 0, 1));

  @Test
  void eachEventIsToldOnceWithItsFigures() throws Exception {
    scene.server.onOpen = () -> scene.ticker.advanceMillis(3);
    PooledLease lease = scene.borrow("a");
    lease.pinned(Pin.TRANSACTION, new StackTraceElement("com.acme.Dao", "load", "Dao.java", 42));
    lease.end();
    scene.work();
    scene.ticker.advanceMillis(2);
    scene.pool.operations().evictIdle();
    scene.work();
    assertEquals(
        List.of(
            "live a",
            "opened a 1 3000000",
            "pinned a TRANSACTION com.acme.Dao.load(Dao.java:42) new",
            "reset a 1",
            "dormant a",
            "closed a 1 OPERATOR 2000000"),
        scene.events.take());
    scene.pool.publishSamples();
    scene.pool.publishSamples();
    assertEquals(List.of("samples"), scene.events.take());
    assertEquals(1, scene.figures().pins().get(Pin.TRANSACTION));
  }

  @Test
  void aTimeoutIsToldOnce() throws Exception {
    PooledLease lease = scene.borrow("a");
    PoolScene.Borrower borrower = scene.borrower("b").parked();
    scene.events.take();
    scene.ticker.advanceMillis(1000);
    assertNotNull(borrower.failure());
    assertEquals(List.of("dormant b", "timedOut b 1000000000"), scene.events.take());
    lease.end();
    scene.assertNothingLost();
  }

  @Test
  void aListenerThatThrowsAtEveryEventCostsNothing() throws Exception {
    scene.events.reaction =
        line -> {
          if (line.startsWith("opened")) {
            throw new NoClassDefFoundError(line);
          }
          throw new IllegalStateException(line);
        };
    PooledLease lease = scene.borrow("a");
    PoolScene.Borrower other = scene.borrower("b").parked();
    lease.pinned(Pin.BATCH, null);
    lease.end();
    other.lease().end();
    scene.pool.publishSamples();
    scene.assertNothingLost();
    assertTrue(scene.events.lines().stream().anyMatch(line -> line.startsWith("closed b")));
  }

  @Test
  void aListenerMayCallThePoolAndHearsOfNoTenantInTheWrongOrder() throws Exception {
    RecordingListener events = new RecordingListener();
    PoolScene calledBack = new PoolScene(TestLimits.of(1, 0, 1), events);
    events.reaction =
        line -> {
          calledBack.figures();
          calledBack.pool.operations().evictIdle();
          calledBack.pool.operations().closeTenant("a");
        };
    for (int i = 0; i < 3; i++) {
      calledBack.borrow("a").end();
      calledBack.work();
    }
    List<String> presence =
        events.lines().stream().filter(line -> line.matches("(live|dormant) .*")).toList();
    assertEquals(
        List.of("live a", "dormant a", "live a", "dormant a", "live a", "dormant a"), presence);
    calledBack.assertNothingLost();
  }

  @Test
  void newsThatComeWhileOthersAreToldWaitForTheirTurn() throws Exception {
    Gate telling = new Gate();
    scene.events.reaction =
        line -> {
          if (line.equals("live a")) {
            telling.run();
          }
        };
    PoolScene.Borrower first = scene.borrower("a");
    telling.awaitEntered();
    PoolScene.Borrower second = scene.borrower("b").parked();
    assertEquals(List.of("live a"), scene.events.lines());
    assertFalse(second.isDone());
    telling.open();
    first.lease().end();
    second.lease().end();
    assertEquals(List.of("live a", "live b"), scene.events.lines().subList(0, 2));
    scene.assertNothingLost();
  }
}
