package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MutexTest {

  private final Mutex mutex = new Mutex();
  private int counter;

  @Test
  void oneAtATime() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int n = 0; n < 50_000; n++) {
                  mutex.lock();
                  try {
                    counter++;
                  } finally {
                    mutex.unlock();
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join(20_000);
    }
    assertEquals(200_000, counter);
  }

  @Test
  void whoComesToATakenOneGoesAwayOrWaits() throws InterruptedException {
    assertTrue(mutex.tryLock());
    assertFalse(mutex.tryLock());
    assertFalse(mutex.tryLock(1, TimeUnit.MILLISECONDS));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, mutex::lockInterruptibly);
    mutex.unlock();
    mutex.lockInterruptibly();
    mutex.unlock();
    assertThrows(UnsupportedOperationException.class, mutex::newCondition);
  }
}
