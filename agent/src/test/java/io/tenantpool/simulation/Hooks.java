package io.tenantpool.simulation;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the pool's classes call in a {@link SimulatedClasses simulation} instead of the JDK: on a
 * simulated thread the {@link World}, on any other the JDK itself.
 */
public final class Hooks {

  private Hooks() {}

  private static @Nullable World world() {
    return Thread.currentThread() instanceof SimulatedThread thread ? thread.world() : null;
  }

  public static void park() {
    parkNanos(null, World.FOR_EVER);
  }

  public static void park(@Nullable Object blocker) {
    parkNanos(blocker, World.FOR_EVER);
  }

  public static void parkNanos(long nanos) {
    parkNanos(null, nanos);
  }

  public static void parkNanos(@Nullable Object blocker, long nanos) {
    World world = world();
    if (world != null) {
      world.park(blocker, nanos);
    } else {
      LockSupport.parkNanos(blocker, nanos);
    }
  }

  public static void unpark(@Nullable Thread thread) {
    World world = world();
    if (world != null) {
      world.unpark(thread);
    } else {
      LockSupport.unpark(thread);
    }
  }

  /** Whoever spins finds out nothing new before others have had their turn. */
  public static void onSpinWait() {
    if (world() == null) {
      Thread.onSpinWait();
    }
  }

  public static RandomGenerator current() {
    World world = world();
    if (world == null) {
      // What a world is made of is made before its threads run.
      world = World.latest();
    }
    return world == null ? ThreadLocalRandom.current() : world.random();
  }

  /** One whose order does not depend on where things lie in the memory. */
  public static Set<Object> newKeySet() {
    return new CopyOnWriteArraySet<>();
  }

  public static long nanoTime() {
    World world = world();
    return world == null ? System.nanoTime() : world.clock();
  }

  public static long currentTimeMillis() {
    World world = world();
    return world == null ? System.currentTimeMillis() : world.now() / 1_000_000;
  }

  public static void beforeAccess() {
    World world = world();
    if (world != null && world.mayBeOvertaken()) {
      world.step("volatile");
    }
  }

  public static void beforeMonitor(Object object) {
    World world = world();
    if (world != null) {
      world.beforeMonitor(object);
    }
  }

  public static void leaveMonitor(Object object) {
    World world = world();
    if (world != null) {
      world.leaveMonitor(object);
    }
  }

  public static void beforeLock(Object lock) {
    World world = world();
    if (world != null) {
      world.beforeLock(lock);
    }
  }

  public static void locked(Object lock) {
    World world = world();
    if (world != null) {
      world.locked(lock);
    }
  }

  public static void beforeTryLock(Object lock) {
    World world = world();
    if (world != null) {
      world.step("try lock");
    }
  }

  public static boolean tried(boolean successful, Object lock) {
    if (successful) {
      locked(lock);
    }
    return successful;
  }

  public static void unlocked(Object lock) {
    World world = world();
    if (world != null) {
      world.unlocked(lock);
    }
  }
}
