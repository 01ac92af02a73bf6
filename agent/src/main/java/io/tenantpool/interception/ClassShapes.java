package io.tenantpool.interception;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of the classes that a loader would find, read from its resources: nothing is loaded.
 * To be used for one class and thrown away.
 */
final class ClassShapes {

  private final ClassLoader loader;
  private final Map<String, @Nullable ClassShape> known = new HashMap<>();

  /** Knows {@code self}, which is being loaded, and looks for all others in {@code loader}. */
  ClassShapes(ClassLoader loader, ClassShape self) {
    this.loader = loader;
    known.put(self.name(), self);
  }

  /** The class of this internal name; null when the loader shows none. */
  @Nullable ClassShape find(String name) {
    if (!known.containsKey(name)) {
      known.put(name, read(name));
    }
    return known.get(name);
  }

  private @Nullable ClassShape read(String name) {
    URL resource = loader.getResource(name.concat(".class"));
    if (resource == null) {
      return null;
    }
    try {
      URLConnection connection = resource.openConnection();
      // A cached jar file would outlive an undeployed application.
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        return ClassShape.of(in.readAllBytes());
      }
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }
}
