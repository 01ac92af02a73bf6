package io.tenantpool.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads of which exactly one runs at a time, a clock, and a die that decides who goes next and
 * how much time passes: the same seed gives the same history. A thread can be overtaken wherever it
 * calls this class: before and after a lock, where it parks, in every call of the driver, where it
 * reads the clock. Each such place is one <em>step</em>.
 *
 * <p>Only the thread whose turn it is touches a world, so nothing here is synchronized; {@link
 * SimulatedThread} hands the turn over.
 */
public final class World {

  /** As long as nobody can be waited for. */
  public static final long FOR_EVER = Long.MAX_VALUE;

  private static final int LONGEST_STEP_NANOS = 1_000;
  private static final int LONGEST_STALL_NANOS = 20_000_000;
  private static final int LONGEST_HESITATION_NANOS = 4_000_000;
  private static final long REAL_PATIENCE_SECONDS = 60;

  private static final ThreadLocal<World> LATEST = new ThreadLocal<>();

  private final SplittableRandom random;
  private final History history = new History();
  private final List<SimulatedThread> threads = new ArrayList<>();
  private final List<SimulatedThread> ready = new ArrayList<>();
  private final Map<Object, SimulatedThread> holders = new IdentityHashMap<>();
  private final Map<Object, Deque<SimulatedThread>> monitors = new IdentityHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final int stickiness;
  private final int stallOdds;

  private Runnable afterStep = () -> {};
  private Runnable whenIdle = () -> {};
  private @Nullable SimulatedThread current;
  private volatile @Nullable BrokenInvariant broken;
  private volatile long steps;
  private boolean changed;
  private boolean checking;
  private boolean choosing;
  private long now = 1_000_000_000L;

  /** A world without threads. */
  public World(long seed) {
    random = new SplittableRandom(seed);
    LATEST.set(this);
    stickiness = random.nextInt(4);
    stallOdds = 100 << random.nextInt(6);
  }

  // ---- set-up

  /** Has a thread begin with {@code task} as soon as it is its turn. */
  public SimulatedThread spawn(String name, Runnable task) {
    SimulatedThread thread = new SimulatedThread(this, name, task);
    threads.add(thread);
    thread.start();
    return thread;
  }

  /** What is to be true whenever no lock is held, looked at after each step that held one. */
  public void afterStep(Runnable check) {
    afterStep = check;
  }

  /** What is to be true whenever nobody can go on before time passes. */
  public void whenIdle(Runnable check) {
    whenIdle = check;
  }

  /**
   * Runs until the last thread has ended.
   *
   * @throws BrokenInvariant as soon as something is not as it has to be
   */
  public void run() {
    handTo(next());
    long seen = -1;
    while (!awaitEnd()) {
      if (seen == steps) {
        broken = new BrokenInvariant("a thread blocks where no simulation sees it", stacks());
        break;
      }
      seen = steps;
    }
    BrokenInvariant failure = broken;
    if (failure != null) {
      throw failure;
    }
  }

  private boolean awaitEnd() {
    try {
      return ended.await(REAL_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String stacks() {
    StringBuilder text = new StringBuilder();
    for (SimulatedThread thread : threads) {
      text.append(thread).append('\n');
      for (StackTraceElement frame : thread.getStackTrace()) {
        text.append("    ").append(frame).append('\n');
      }
    }
    return text.toString();
  }

  // ---- dice, time, history

  /** The last one that this thread has made; null when it has made none. */
  static @Nullable World latest() {
    return LATEST.get();
  }

  /** The only source of chance. */
  public SplittableRandom random() {
    return random;
  }

  /** Once in so many times. */
  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** The time; nobody is overtaken here. */
  public long now() {
    return now;
  }

  /** The time, as the pool reads it. */
  public long clock() {
    if (mayBeOvertaken()) {
      step("clock");
    }
    return now;
  }

  /** Whether a place that is passed often is a step this time. */
  boolean mayBeOvertaken() {
    return !checking && !choosing && oneIn(holders.isEmpty() ? 2 : 10);
  }

  /** How many steps were made. */
  public long steps() {
    return steps;
  }

  /** Remembers what happens, for the report of a failure. */
  public void note(String what, Object detail) {
    history.add(now, name(), what, detail);
  }

  /** A number that two equal histories have in common. */
  public long fingerprint() {
    return history.fingerprint();
  }

  /** Something is not as it has to be: this world ends here. */
  public BrokenInvariant broke(String what) {
    return broke(what, null);
  }

  /** The same because of a failure. */
  public BrokenInvariant broke(String what, @Nullable Throwable cause) {
    BrokenInvariant failure =
        new BrokenInvariant(what + " (step " + steps + ", by " + name() + ")", history + state());
    failure.initCause(cause);
    broken = failure;
    ended.countDown();
    SimulatedThread.leaveForEver();
    return failure;
  }

  private String state() {
    StringBuilder text = new StringBuilder("threads:\n");
    threads.forEach(thread -> text.append("  ").append(thread).append('\n'));
    return text.toString();
  }

  private String name() {
    return current == null ? "nobody" : current.getName();
  }

  // ---- what a simulated thread does

  /** Others may go first now. */
  public void step(String where) {
    pause(where, null, FOR_EVER);
  }

  /** Goes on when so much time has passed. */
  public void sleep(String why, long nanos) {
    await(why, () -> false, nanos);
  }

  /** Goes on when {@code readiness} is true, or so much time has passed: not in the pool. */
  public void await(String why, BooleanSupplier readiness, long nanos) {
    SimulatedThread thread = Objects.requireNonNull(current);
    thread.goesElsewhere(now);
    pause(why, readiness, nanos);
    thread.isBack(now);
  }

  /**
   * One step: what is true is checked, time passes, and somebody goes on.
   *
   * @param readiness null for at once
   */
  void pause(String why, @Nullable BooleanSupplier readiness, long nanos) {
    SimulatedThread thread = Objects.requireNonNull(current);
    if (checking) {
      return;
    }
    thread.await(why, readiness, nanos >= FOR_EVER - now ? FOR_EVER : now + nanos);
    history.mix(thread.number(), why.hashCode());
    if (holders.isEmpty()) {
      if (changed) {
        changed = false;
        check(afterStep);
      }
      if (thread.isPunctual()) {
        // What others rely on to end in time.
      } else if (thread.hesitates() && oneIn(4)) {
        thread.stall(now, random.nextInt(LONGEST_HESITATION_NANOS));
      } else if (oneIn(stallOdds)) {
        thread.stall(now, random.nextInt(LONGEST_STALL_NANOS));
      }
    }
    steps++;
    now += 1 + random.nextInt(LONGEST_STEP_NANOS);
    SimulatedThread next = next();
    if (next != thread) {
      thread.waitFor(() -> handTo(next));
    }
    thread.goesOn();
  }

  /** The current thread has come to its end. */
  void over(SimulatedThread thread) {
    threads.remove(thread);
    if (threads.isEmpty()) {
      ended.countDown();
    } else {
      handTo(next());
    }
  }

  private void check(Runnable invariant) {
    if (!checking) {
      checking = true;
      try {
        invariant.run();
      } catch (RuntimeException | Error failure) {
        broke(String.valueOf(failure.getMessage()), failure);
      }
      checking = false;
    }
  }

  private void handTo(SimulatedThread next) {
    current = next;
    next.go();
  }

  private SimulatedThread next() {
    choosing = true;
    try {
      return choose();
    } finally {
      choosing = false;
    }
  }

  private SimulatedThread choose() {
    SimulatedThread thread = current;
    if (thread != null
        && thread.isReady(now)
        && threads.contains(thread)
        && random.nextInt(4) < stickiness) {
      return thread;
    }
    while (true) {
      ready.clear();
      long earliest = FOR_EVER;
      for (SimulatedThread each : threads) {
        if (each.isReady(now)) {
          ready.add(each);
        } else {
          earliest = Math.min(earliest, each.readyAt());
        }
      }
      if (!ready.isEmpty()) {
        return ready.get(random.nextInt(ready.size()));
      }
      if (threads.stream().noneMatch(each -> each.isStalled(now))) {
        check(whenIdle);
      }
      if (earliest == FOR_EVER) {
        broke("nobody can go on");
      }
      now = earliest;
    }
  }

  // ---- locks

  /** Goes on when the lock is free. */
  void beforeLock(Object lock) {
    step("lock");
    if (holders.containsKey(lock)) {
      pause("lock that is held", () -> !holders.containsKey(lock), FOR_EVER);
    }
  }

  void locked(Object lock) {
    holders.put(lock, Objects.requireNonNull(current));
  }

  void unlocked(Object lock) {
    holders.remove(lock);
    changed = true;
    step("unlock");
  }

  /** Goes on when nobody else is in the monitor, and is in it then; perhaps once more. */
  void beforeMonitor(Object object) {
    SimulatedThread thread = Objects.requireNonNull(current);
    if (mayBeOvertaken()) {
      step("monitor");
    }
    Deque<SimulatedThread> inside = monitors.computeIfAbsent(object, key -> new ArrayDeque<>());
    if (!inside.isEmpty() && inside.peek() != thread) {
      pause("monitor that is held", inside::isEmpty, FOR_EVER);
    }
    inside.push(thread);
  }

  void leaveMonitor(Object object) {
    Deque<SimulatedThread> inside = Objects.requireNonNull(monitors.get(object));
    inside.pop();
  }

  // ---- parking

  /** As {@code LockSupport.parkNanos}. */
  public void park(@Nullable Object blocker, long nanos) {
    Objects.requireNonNull(current).park(blocker, nanos);
  }

  /** As {@code LockSupport.unpark}. */
  public void unpark(@Nullable Thread thread) {
    if (thread instanceof SimulatedThread simulated) {
      simulated.unparked();
      step("unpark");
    }
  }

  /** Interrupts a thread that is not the current one. */
  public void interrupt(SimulatedThread thread) {
    note("interrupts", thread.getName());
    thread.getsInterrupt();
  }

  /** All that have not ended. */
  public List<SimulatedThread> threads() {
    return threads;
  }

  /** Whose turn it is. */
  public SimulatedThread current() {
    return Objects.requireNonNull(current);
  }
}
