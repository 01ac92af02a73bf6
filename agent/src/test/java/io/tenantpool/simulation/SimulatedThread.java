package io.tenantpool.simulation;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A thread of a {@link World}: a real one that runs when it is its turn. */
public final class SimulatedThread extends Thread {

  private final World world;
  private final Runnable task;
  private final int number;
  private volatile boolean turn;

  private String why = "begin";
  private @Nullable BooleanSupplier readiness;
  private @Nullable Object blocker;
  private long deadline = World.FOR_EVER;
  private long stalledUntil;
  private long stalled;
  private long elsewhere;
  private boolean isElsewhere;
  private int hesitations;
  private boolean punctual;
  private boolean token;
  private boolean interruptComes;

  SimulatedThread(World world, String name, Runnable task) {
    super(null, null, name, 0, false);
    this.world = world;
    this.task = task;
    this.number = name.hashCode();
    setDaemon(true);
  }

  World world() {
    return world;
  }

  int number() {
    return number;
  }

  @Override
  public void run() {
    waitFor(() -> {});
    goesOn();
    try {
      task.run();
    } catch (Throwable failure) {
      world.broke(getName() + " ended with " + failure, failure);
    }
    world.over(this);
  }

  // ---- turns

  void go() {
    turn = true;
    LockSupport.unpark(this);
  }

  /** Gives the turn away and waits for the next one; with the interrupt flag up nobody parks. */
  void waitFor(Runnable give) {
    boolean flag = Thread.interrupted();
    give.run();
    while (!turn) {
      LockSupport.park(this);
    }
    turn = false;
    if (flag || interruptComes) {
      interruptComes = false;
      interrupt();
    }
  }

  /** The world has come to an end while this thread was in the midst of something. */
  static void leaveForEver() {
    while (Thread.currentThread() instanceof SimulatedThread) {
      Thread.interrupted();
      LockSupport.park();
    }
  }

  // ---- what it waits for

  void await(String reason, @Nullable BooleanSupplier until, long end) {
    why = reason;
    readiness = until;
    deadline = end;
  }

  void goesOn() {
    why = "runs";
    readiness = null;
    deadline = World.FOR_EVER;
  }

  void stall(long now, long nanos) {
    stalledUntil = now + nanos;
    stalled += nanos;
  }

  /** Is never kept from running for long. */
  public void makePunctual() {
    punctual = true;
  }

  boolean isPunctual() {
    return punctual;
  }

  /** Whether it was parked just now, and may be slow in what it does next. */
  boolean hesitates() {
    return hesitations > 0 && hesitations-- > 0;
  }

  /** For how long it was kept from running altogether. */
  public long stalled() {
    return stalled;
  }

  void goesElsewhere(long now) {
    elsewhere -= now;
    isElsewhere = true;
  }

  void isBack(long now) {
    elsewhere += now;
    isElsewhere = false;
  }

  /** How long it was in a driver, or wherever else the pool does not decide how long that takes. */
  public long elsewhere() {
    return isElsewhere ? elsewhere + world.now() : elsewhere;
  }

  boolean isStalled(long now) {
    return now < stalledUntil;
  }

  boolean isReady(long now) {
    return now >= stalledUntil
        && (readiness == null || now >= deadline || readiness.getAsBoolean());
  }

  long readyAt() {
    boolean isNow = readiness == null || readiness.getAsBoolean();
    return isNow ? stalledUntil : Math.max(stalledUntil, deadline);
  }

  void park(@Nullable Object on, long nanos) {
    if (token || isInterrupted() || nanos <= 0) {
      token = false;
      world.step("park in vain");
      return;
    }
    blocker = on;
    world.pause("park", () -> token || interruptComes, nanos);
    blocker = null;
    token = false;
    // What others want to tell at the last moment is worth some time.
    hesitations = world.oneIn(2) ? 10 : 0;
  }

  void unparked() {
    token = true;
  }

  void getsInterrupt() {
    interruptComes = true;
  }

  /** Whether it is parked, or sleeps. */
  public boolean isParked() {
    return why.equals("park") && !token;
  }

  /** Whether only somebody else can wake it. */
  public boolean needsWaking() {
    return isParked() && deadline == World.FOR_EVER;
  }

  /** What it is parked on; null when it is not. */
  public @Nullable Object blocker() {
    return blocker;
  }

  @Override
  public String toString() {
    return getName() + ": " + why + (blocker == null ? "" : " on " + blocker);
  }
}
