package io.tenantpool.observation;

import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The work of the observation thread, step by step. The scene (MBean server, registry, book) is set
 * with the first step.
 */
final class ObservationDesk {

  private static final long BUSY_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventQueue queue;
  private final EventLog log;
  private final Faults faults;
  private final Supplier<Scene> opening;
  private final Supplier<Scene> emptyScene;
  private final Runnable farewell;
  private @Nullable Scene scene;

  /** What is on show, and how to end the show. */
  record Scene(PresenceBook book, Runnable end) {}

  /**
   * {@code opening} makes the scene in the first step, {@code emptyScene} stands in for it when the
   * end comes first.
   */
  ObservationDesk(
      EventQueue queue,
      EventLog log,
      Faults faults,
      Supplier<Scene> opening,
      Supplier<Scene> emptyScene) {
    this(queue, log, faults, opening, emptyScene, () -> {});
  }

  /** The same; {@code farewell} runs at the end, when all that happened has been handled. */
  ObservationDesk(
      EventQueue queue,
      EventLog log,
      Faults faults,
      Supplier<Scene> opening,
      Supplier<Scene> emptyScene,
      Runnable farewell) {
    this.farewell = farewell;
    this.queue = queue;
    this.log = log;
    this.faults = faults;
    this.opening = opening;
    this.emptyScene = emptyScene;
  }

  /** The book of the open scene. */
  PresenceBook book() {
    Scene open = scene;
    if (open == null) {
      throw new IllegalStateException("observation has not started");
    }
    return open.book();
  }

  /** Handles what is queued, then tidies up. */
  void step() {
    if (scene == null) {
      guarded("observation could not start; it is tried again", () -> scene = opening.get());
    }
    handleEvents();
    Scene open = scene;
    if (open != null) {
      guarded(
          "what is shown could not be compared with the pool",
          () -> open.book().sweep(queue.takeOverflow()));
    }
    guarded("repetitions could not be logged", log::sweep);
  }

  /** How long the next step can wait when no event comes. */
  long nextStepNanos() {
    Scene open = scene;
    boolean settled = log.isSettled() && (open == null || open.book().isSettled());
    return settled ? PresenceBook.AUDIT_NANOS : BUSY_WAIT_NANOS;
  }

  /**
   * Handles what is left in the queue, and takes everything away. What was never opened is not
   * opened for that.
   */
  void close() {
    Scene last = scene == null ? emptyScene.get() : scene;
    scene = last;
    step();
    guarded("the last words could not be said", farewell);
    step();
    guarded("what is shown could not be taken away", last.end());
    // What has gone wrong in that.
    handleEvents();
  }

  private void handleEvents() {
    for (Runnable event = queue.poll(); event != null; event = queue.poll()) {
      guarded("an event could not be shown", event);
    }
  }

  private void guarded(String what, Runnable work) {
    try {
      work.run();
    } catch (Throwable failure) {
      faults.report(FaultKind.OBSERVATION, what, failure);
    }
  }
}
