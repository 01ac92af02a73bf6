package io.tenantpool.observation;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Class loaders of the application that are about to define Micrometer's {@code Metrics}, or have
 * done so. Told by whoever sees classes being loaded; nothing is loaded for it. Thread-safe.
 */
public final class MicrometerSightings implements Consumer<ClassLoader> {

  private final Queue<WeakReference<ClassLoader>> loaders = new ConcurrentLinkedQueue<>();

  /** No loader seen yet. */
  public MicrometerSightings() {}

  @Override
  public void accept(ClassLoader loader) {
    loaders.add(new WeakReference<>(loader));
  }

  boolean isEmpty() {
    return loaders.isEmpty();
  }

  /** The next one, which is not told again; null when there is none. */
  @Nullable WeakReference<ClassLoader> poll() {
    return loaders.poll();
  }
}
