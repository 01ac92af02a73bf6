package io.tenantpool.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The mode that the agent is in, which can change while the JVM runs. Thread-safe. */
public final class ModeSwitch {

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Mode current;

  /** Hears of each change, one at a time, after it. */
  @FunctionalInterface
  public interface Listener {

    /** The mode was {@code before} and is {@code now}, another one. */
    void switched(Mode before, Mode now);
  }

  /** In the mode {@code first}. */
  public ModeSwitch(Mode first) {
    this.current = first;
  }

  /** In the mode that {@code settings} say, now and after each change of them. */
  public static ModeSwitch of(RuntimeSettings settings) {
    ModeSwitch made = new ModeSwitch(settings.get().mode());
    settings.listen(change -> made.switchTo(settings.get().mode()));
    return made;
  }

  /** One volatile read. */
  public Mode current() {
    return current;
  }

  /**
   * From now on {@code next} holds. Returns when every listener has heard of it; false when it held
   * already, and then nobody hears anything.
   */
  public synchronized boolean switchTo(Mode next) {
    Mode before = current;
    if (before == next) {
      return false;
    }
    current = next;
    for (Listener listener : listeners) {
      listener.switched(before, next);
    }
    return true;
  }

  /** Tells {@code listener} of every change from now on. */
  public void onSwitch(Listener listener) {
    listeners.add(listener);
  }
}
