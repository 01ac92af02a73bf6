package io.tenantpool.pool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place in a stub where a thread stays until the test lets it go. */
final class Gate implements StubServer.Step {

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  @Override
  public void run() {
    entered.countDown();
    await(open);
  }

  void awaitEntered() {
    await(entered);
  }

  void open() {
    open.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
