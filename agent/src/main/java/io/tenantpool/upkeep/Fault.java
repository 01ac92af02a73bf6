package io.tenantpool.upkeep;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Something that went wrong inside the agent. */
public final class Fault {

  private static final int FRAMES = 12;

  /** What went wrong; the same words each time. */
  public record Place(FaultKind kind, String what) {}

  /** How often a place failed since that was told. */
  static final class Tally {
    final AtomicLong untold = new AtomicLong();
    final AtomicBoolean waits = new AtomicBoolean();
  }

  private final Place place;
  private final Tally tally;
  private final @Nullable String about;
  private final Throwable failure;

  Fault(Place place, Tally tally, @Nullable String about, Throwable failure) {
    this.place = place;
    this.tally = tally;
    this.about = about;
    this.failure = failure;
  }

  /** What failed. */
  public Place place() {
    return place;
  }

  /** With what: a thread, a server, a class; null when the place says it all. */
  public @Nullable String about() {
    return about;
  }

  /** The class of the failure. */
  public String failure() {
    return failure.getClass().getName();
  }

  /** What the failure says of itself; null where that might hold a secret. */
  public @Nullable String message() {
    return place.kind().hasForeignMessage() && !(failure instanceof VirtualMachineError)
        ? null
        : failure.getMessage();
  }

  /** Where it happened, the innermost frame first, and where its first cause did. */
  public String stack() {
    StringBuilder stack = new StringBuilder(400);
    frames(stack, failure, FRAMES);
    Throwable first = failure;
    for (int depth = 0; first.getCause() != null && depth < FRAMES; depth++) {
      first = first.getCause();
    }
    if (first != failure) {
      stack.append(", first cause ").append(first.getClass().getName()).append(" at ");
      frames(stack, first, FRAMES / 2);
    }
    return stack.toString();
  }

  private static void frames(StringBuilder stack, Throwable failure, int most) {
    StackTraceElement[] frames = failure.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, most); i++) {
      stack.append(i == 0 ? "" : " < ").append(frames[i]);
    }
  }

  /** Whether it is the first of its place, or of those since the last one was told. */
  boolean isFirst() {
    return tally.untold.get() == 1;
  }

  /** How often this place failed since this was asked last; to be asked by whoever tells. */
  public long take() {
    tally.waits.set(false);
    return tally.untold.getAndSet(0);
  }
}
