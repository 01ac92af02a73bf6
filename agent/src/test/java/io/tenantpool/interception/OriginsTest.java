package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OriginsTest {

  private final Origins origins = new Origins(new Creations());

  @Test
  void equalPoolsAreTwoOriginsAndOnePoolIsOne() {
    Object one = new ArrayList<>();
    Object other = new ArrayList<>();
    PoolInstance origin = origins.of(one, "test");
    assertSame(origin, origins.of(one, "test"));
    assertNotSame(origin, origins.of(other, "test"));
    assertEquals("test", origin.origin().library());
    assertEquals(2, origins.size());
    Reference.reachabilityFence(other);
  }

  @Test
  void aPoolWhoseEqualsFailsIsTakenAsItIs() {
    Object hostile =
        new Object() {
          @Override
          public boolean equals(Object other) {
            throw new IllegalStateException("equals");
          }

          @Override
          public int hashCode() {
            throw new IllegalStateException("hashCode");
          }
        };
    assertSame(origins.of(hostile, "test"), origins.of(hostile, "test"));
  }

  @Test
  void aPoolThatNobodyHoldsIsForgotten() {
    PoolInstance kept = origins.of(new byte[1024], "test");
    for (int i = 0; i < 1000 && origins.size() > 0; i++) {
      System.gc();
      Thread.onSpinWait();
    }
    assertEquals(0, origins.size());
    assertEquals("test", kept.origin().library());
  }

  @Test
  void threadsThatMeetAPoolTogetherGetOneOrigin() throws InterruptedException {
    Object pool = new Object();
    Set<PoolInstance> found = ConcurrentHashMap.newKeySet();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException nobodyShould) {
                  return;
                }
                found.add(origins.of(pool, "test"));
              });
      threads.add(thread);
      thread.start();
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    }
    assertEquals(1, found.size());
    assertTrue(found.contains(origins.of(pool, "test")));
  }
}
