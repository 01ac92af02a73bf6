package io.tenantpool.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** It is bounded, keeps the order, and nothing that is thrown inside leaves it closed. */
class InboxTest {

  /** One thread at a time dives. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private static volatile int overflows;

  private static volatile int turns;

  @Test
  void whatIsOfferedComesOutInOrderAndNoMoreThanThereIsRoomFor() {
    Inbox<Integer> inbox = new Inbox<>(3);
    assertTrue(inbox.isEmpty());
    assertTrue(inbox.offer(1) && inbox.offer(2) && inbox.offer(3));
    assertFalse(inbox.offer(4));
    assertFalse(inbox.isEmpty());
    assertEquals(1, inbox.poll());
    assertTrue(inbox.offer(5));
    assertEquals(2, inbox.poll());
    assertEquals(3, inbox.poll());
    assertEquals(5, inbox.poll());
    assertNull(inbox.poll());
    assertTrue(inbox.isEmpty());
  }

  @Test
  void nothingIsLostOrOvertakenWhileManyOffer() throws Exception {
    int senders = 4;
    int each = 20_000;
    Inbox<int[]> inbox = new Inbox<>(64);
    List<Thread> threads = new ArrayList<>();
    for (int s = 0; s < senders; s++) {
      int sender = s;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  while (!inbox.offer(new int[] {sender, i})) {
                    Thread.onSpinWait();
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    int[] next = new int[senders];
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (int got = 0; got < senders * each && System.nanoTime() < end; ) {
      int[] letter = inbox.poll();
      if (letter == null) {
        inbox.await(1_000_000);
      } else {
        assertEquals(next[letter[0]]++, letter[1]);
        got++;
      }
    }
    for (int s = 0; s < senders; s++) {
      assertEquals(each, next[s]);
      threads.get(s).join(20_000);
    }
  }

  @Test
  void aReaderThatWaitsIsWoken() throws Exception {
    Inbox<String> inbox = new Inbox<>(1);
    CountDownLatch read = new CountDownLatch(1);
    Thread reader =
        new Thread(
            () -> {
              while (inbox.poll() == null) {
                inbox.await(TimeUnit.MINUTES.toNanos(10));
              }
              read.countDown();
            });
    reader.setDaemon(true);
    reader.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (reader.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    inbox.offer("here");
    assertTrue(read.await(20, TimeUnit.SECONDS));
  }

  /** A lock whose holder runs out of stack before it gives it back is never free again. */
  @Test
  void aStackThatEndsAtAnyLineLeavesItOpen() throws Exception {
    Inbox<Integer> inbox = new Inbox<>(1_000_000);
    overflows = 0;
    for (int sweep = 0; sweep < 50; sweep++) {
      Thread diver = new Thread(null, () -> dive(inbox), "diver", 256 << 10);
      diver.setDaemon(true);
      diver.start();
      diver.join(20_000);
      assertFalse(diver.isAlive(), "a sweep hangs");
      assertTrue(inbox.offer(-1));
      Integer last = null;
      for (Integer one = inbox.poll(); one != null; one = inbox.poll()) {
        last = one;
      }
      assertEquals(-1, last);
    }
    assertTrue(overflows >= 50, "the stack did end inside: " + overflows);
  }

  /** Several ways to the same, so that no compiler makes it a part of the method that dives. */
  private static final List<Consumer<Inbox<Integer>>> OFFERS =
      List.of(inbox -> inbox.offer(1), inbox -> inbox.offer(2), inbox -> inbox.offer(3));

  /** Offers at every depth from the bottom upwards. */
  @SuppressWarnings("InfiniteRecursion")
  private static void dive(Inbox<Integer> inbox) {
    try {
      dive(inbox);
    } catch (StackOverflowError bottom) {
      // The bottom.
    }
    try {
      OFFERS.get(++turns % OFFERS.size()).accept(inbox);
    } catch (StackOverflowError inside) {
      overflows++;
    }
  }
}
