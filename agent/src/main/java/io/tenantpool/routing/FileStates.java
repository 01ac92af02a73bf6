package io.tenantpool.routing;

import java.io.File;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of files by path, size and time of their last change, looked at about once a second at
 * most. Never what is in them. Thread-safe.
 */
final class FileStates {

  /** For so long a look is good. */
  static final long FRESH_NANOS = 1_000_000_000L;

  /** More paths than any deployment names; whoever makes up new ones starts it anew. */
  private static final int MOST = 256;

  private record Seen(String state, long at) {}

  private final LongSupplier nanos;
  private final ConcurrentMap<String, Seen> seen = new ConcurrentHashMap<>();

  FileStates(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Empty when there is no such file, or no path; an equal text while it has not changed. */
  String of(@Nullable String path) {
    if (path == null || path.isEmpty()) {
      return "";
    }
    long now = nanos.getAsLong();
    Seen last = seen.get(path);
    if (last != null && now - last.at < FRESH_NANOS) {
      return last.state;
    }
    String state = look(path);
    if (last != null && last.state.equals(state)) {
      state = last.state;
    } else if (seen.size() >= MOST) {
      seen.clear();
    }
    seen.put(path, new Seen(state, now));
    return state;
  }

  private static String look(String path) {
    File file = new File(path);
    try {
      long changed = file.lastModified();
      return changed == 0 ? "" : path + ':' + file.length() + ':' + changed;
    } catch (SecurityException forbidden) {
      // The driver may not read it either.
      return "";
    }
  }
}
