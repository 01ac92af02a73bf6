package io.tenantpool.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A thread of the agent goes on whatever a round throws, and whatever ends it. */
class AgentThreadTest {

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Faults faults = Upkeep.faults(told);
  private final AgentThreads threads = Upkeep.threads(faults);

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable any) throws T {
    throw (T) any;
  }

  @Test
  void whateverARoundThrowsTheNextOneFollowsOnTheSameThread() throws Exception {
    ConcurrentLinkedQueue<Throwable> all =
        new ConcurrentLinkedQueue<>(
            List.of(
                new IOException("checked"),
                new IllegalStateException(),
                new OutOfMemoryError(),
                new StackOverflowError(),
                new LinkageError(),
                new ThreadDeath(),
                new InterruptedException(),
                new Throwable("bare")));
    AtomicReference<Thread> thread = new AtomicReference<>();
    CountDownLatch survived = new CountDownLatch(1);
    AgentThread agentThread =
        threads.thread(
            "survivor",
            () -> {
              if (thread.get() == null) {
                thread.set(Thread.currentThread());
              }
              assertSame(thread.get(), Thread.currentThread());
              Throwable next = all.poll();
              if (next != null) {
                AgentThreadTest.<RuntimeException>sneak(next);
              }
              survived.countDown();
              return false;
            });
    agentThread.start();
    assertTrue(survived.await(30, TimeUnit.SECONDS));
    assertTrue(agentThread.join(20_000));
    assertTrue(agentThread.hasEnded());
    assertEquals(7, faults.count(FaultKind.THREAD), "an interrupt is none");
  }

  @Test
  void anInterruptEndsNothingAndKeepsNothingAwake() throws Exception {
    Semaphore rounds = new Semaphore(0);
    AtomicBoolean flag = new AtomicBoolean(true);
    AgentThread thread =
        threads.thread(
            "interrupted",
            () -> {
              flag.set(Thread.currentThread().isInterrupted());
              rounds.release();
              Thread.currentThread().interrupt();
              return rounds.availablePermits() < 3;
            });
    thread.start();
    assertTrue(rounds.tryAcquire(3, 20, TimeUnit.SECONDS));
    assertTrue(thread.join(20_000));
    assertFalse(flag.get(), "with the flag up no thread parks");
    assertEquals(0, faults.count());
  }

  @Test
  void roundsThatGoOnFailingComeLessAndLessOften() throws Exception {
    List<Long> times = new CopyOnWriteArrayList<>();
    CountDownLatch enough = new CountDownLatch(6);
    AgentThread thread =
        threads.thread(
            "failing",
            () -> {
              times.add(System.nanoTime());
              enough.countDown();
              if (enough.getCount() == 0) {
                return false;
              }
              throw new IllegalStateException();
            });
    thread.start();
    assertTrue(enough.await(30, TimeUnit.SECONDS));
    long millis = TimeUnit.NANOSECONDS.toMillis(times.get(5) - times.get(0));
    assertTrue(millis >= 10 + 20 + 40 + 80 + 160, millis + " ms");
  }

  @Test
  void aThreadThatEndsSoonDoesNotPauseForLong() throws Exception {
    CountDownLatch failed = new CountDownLatch(8);
    AtomicInteger rounds = new AtomicInteger();
    AgentThread thread =
        threads.thread(
            "ending",
            () -> {
              rounds.incrementAndGet();
              failed.countDown();
              if (failed.getCount() == 0) {
                return false;
              }
              throw new IllegalStateException();
            });
    thread.start();
    thread.hurry();
    assertTrue(thread.join(20_000));
    assertEquals(8, rounds.get());
  }

  @Test
  void aThreadThatDiesIsReplacedByAnotherOne() throws Exception {
    assumeTrue(Runtime.version().feature() < 20, "Thread.stop ends no thread any more");
    Method stop = Thread.class.getMethod("stop");
    AtomicReference<Thread> running = new AtomicReference<>();
    AgentThread victim =
        threads.thread(
            "victim",
            () -> {
              running.set(Thread.currentThread());
              LockSupport.parkNanos(1_000_000);
              return true;
            });
    victim.start();
    Thread first = awaitOther(running, null);
    for (long end = deadline(); first.isAlive() && System.nanoTime() < end; ) {
      stop.invoke(first);
    }
    assertFalse(first.isAlive());
    CountDownLatch done = new CountDownLatch(1);
    AgentThread watcher = threads.thread("watcher", () -> !done.await(10, TimeUnit.MILLISECONDS));
    watcher.start();
    Thread second = awaitOther(running, first);
    assertNotSame(first, second);
    assertTrue(second.isAlive());
    done.countDown();
    assertTrue(watcher.join(20_000));
    assertTrue(told.contains("a thread died and is replaced"), told::toString);
  }

  @Test
  void nobodyIsStartedTwiceHoweverManyLook() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    AgentThread thread =
        threads.unwatched(
            "only one",
            () -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              done.await();
              inside.decrementAndGet();
              return false;
            });
    List<Thread> lookers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread looker = new Thread(thread::start);
      looker.start();
      lookers.add(looker);
    }
    for (Thread looker : lookers) {
      looker.join(20_000);
    }
    for (long end = deadline(); most.get() == 0 && System.nanoTime() < end; ) {
      Thread.onSpinWait();
    }
    done.countDown();
    assertTrue(thread.join(20_000));
    assertEquals(1, most.get());
    thread.start();
    assertFalse(thread.isAlive(), "what has ended stays so");
  }

  @Test
  void nothingOfTheApplicationStaysWithIt() throws Exception {
    InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
    inherited.set("application");
    AtomicReference<String> seen = new AtomicReference<>("nothing");
    AtomicReference<ClassLoader> loader = new AtomicReference<>();
    AtomicBoolean daemon = new AtomicBoolean();
    AgentThread thread =
        threads.unwatched(
            "stranger",
            () -> {
              seen.set(inherited.get());
              loader.set(Thread.currentThread().getContextClassLoader());
              daemon.set(Thread.currentThread().isDaemon());
              return false;
            });
    thread.start();
    assertTrue(thread.join(20_000));
    assertNull(seen.get());
    assertSame(AgentThread.class.getClassLoader(), loader.get());
    assertTrue(daemon.get());
    inherited.remove();
  }

  private static long deadline() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
  }

  private static Thread awaitOther(AtomicReference<Thread> running, @Nullable Thread before) {
    for (long end = deadline(); running.get() == before && System.nanoTime() < end; ) {
      Thread.onSpinWait();
    }
    return Objects.requireNonNull(running.get());
  }
}
