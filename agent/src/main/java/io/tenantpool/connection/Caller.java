package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a physical connection is asked for. Asked only by a borrow that takes longer than
 * a look into the pool, so that the others pay nothing for it.
 */
public interface Caller {

  /** The shortest of its own limits; null when it has none. On its own thread. */
  @Nullable WaitLimit limit();

  /**
   * It asks now, and cannot have what it asks for at once. Returns since when it has asked: it may
   * have to ask twice for the same call, and has its limits once. On its own thread.
   */
  default long asksSince(long now) {
    return now;
  }

  /**
   * Whether it is worth while for it to wait until there is room. One for which it is not gets a
   * refusal with SQLState 53300 at once, which is neither a time-out nor told to anybody else.
   */
  boolean waitsForRoom();

  /** Its thread may wait from now on; {@code wake}, on any thread, has it look again. */
  void waits(Runnable wake);

  /** Its thread waits no more. */
  void waitsNoMore();

  /** Its wait has ended in vain. On its own thread. */
  void ended(WaitEnd end);

  /** Why another thread wants the wait to end; null while none does. */
  @Nullable WaitEnd calledOff();
}
