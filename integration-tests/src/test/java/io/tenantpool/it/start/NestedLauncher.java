package io.tenantpool.it.start;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a class in a loader of its own, which sees the platform alone, as a fat jar's launcher does.
 */
public final class NestedLauncher {

  private NestedLauncher() {}

  public static void main(String[] arguments) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : arguments[0].split(File.pathSeparator, -1)) {
      urls.add(new File(entry).toURI().toURL());
    }
    URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    loader
        .loadClass(arguments[1])
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }
}
