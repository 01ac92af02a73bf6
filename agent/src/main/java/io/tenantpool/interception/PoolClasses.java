package io.tenantpool.interception;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the classes of the known pool libraries among all that are loaded, and instruments them.
 */
final class PoolClasses {

  private final List<PoolLibrary> libraries;
  private final NamedPools named;
  private final Set<String> types;

  PoolClasses(List<PoolLibrary> libraries, NamedPools named) {
    this.libraries = libraries;
    this.named = named;
    this.types = types(libraries, named);
  }

  private static Set<String> types(List<PoolLibrary> libraries, NamedPools named) {
    Set<String> types = new LinkedHashSet<>(named.classNames());
    for (PoolLibrary library : libraries) {
      for (Boundary boundary : library.boundaries()) {
        types.add(boundary.type());
      }
    }
    return types;
  }

  /** Whether the class has a name that a pool's class has. */
  boolean concern(String className) {
    for (String type : types) {
      if (PoolClassNames.endsWith(className, type)) {
        return true;
      }
    }
    return false;
  }

  /** The class file with hooks; null when it is none of a known version of a pool. */
  byte @Nullable [] rewrite(ClassLoader loader, String className, byte[] classFile) {
    List<Hook> hooks = new ArrayList<>(named.hooks(className, classFile));
    for (int i = 0; i < libraries.size() && hooks.isEmpty(); i++) {
      PoolLibrary library = libraries.get(i);
      hooks.addAll(hooks(library, loader, className, classFile));
    }
    return hooks.isEmpty() ? null : ClassRewriter.rewrite(classFile, new PoolHooks(hooks));
  }

  /**
   * The name of the library whose class this is, though the copy lacks a place that must be there;
   * null when there is none. Only of a class that {@link #rewrite} has nothing for.
   */
  @Nullable String unknownVersion(ClassLoader loader, String className, byte[] classFile) {
    if (named.classNames().contains(className)) {
      return null;
    }
    String unknown = null;
    for (PoolLibrary library : libraries) {
      for (Boundary boundary : library.boundaries()) {
        if (PoolClassNames.endsWith(className, boundary.type())) {
          String prefix = className.substring(0, className.length() - boundary.type().length());
          ClassShapes shapes = new ClassShapes(loader, ClassShape.of(classFile));
          if (new BoundaryResolver(library, prefix, shapes).isComplete()) {
            return null;
          }
          unknown = library.name();
        }
      }
    }
    return unknown;
  }

  private static List<Hook> hooks(
      PoolLibrary library, ClassLoader loader, String className, byte[] classFile) {
    for (Boundary boundary : library.boundaries()) {
      if (PoolClassNames.endsWith(className, boundary.type())) {
        String prefix = className.substring(0, className.length() - boundary.type().length());
        ClassShapes shapes = new ClassShapes(loader, ClassShape.of(classFile));
        return new BoundaryResolver(library, prefix, shapes).hooks(className);
      }
    }
    return List.of();
  }
}
