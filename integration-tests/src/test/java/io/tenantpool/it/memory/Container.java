package io.tenantpool.it.memory;

import java.io.File;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Arrays;

/**
 * A server of applications: runs one in a loader of its own, undeploys it, and awaits the end of
 * the loader. Arguments: the application's class path, seconds to wait, URL with {@code %s} for the
 * database, user, password, databases.
 */
public final class Container {

  private Container() {}

  public static void main(String[] arguments) throws Exception {
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    PhantomReference<ClassLoader> watched = new PhantomReference<>(deploy(arguments), collected);
    System.out.println("undeployed");
    long start = System.nanoTime();
    long end = start + Duration.ofSeconds(Long.parseLong(arguments[1])).toNanos();
    boolean gone = false;
    while (!gone && System.nanoTime() < end) {
      System.gc();
      gone = collected.remove(200) == watched;
    }
    System.out.println(
        "collected " + gone + " after " + Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private static ClassLoader deploy(String[] arguments) throws Exception {
    String[] path = arguments[0].split(File.pathSeparator, -1);
    URL[] urls = new URL[path.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = new File(path[i]).toURI().toURL();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      Class<?> application =
          loader.loadClass(
              System.getProperty("container.application", "com.example.web.WebApplication"));
      Object pooled =
          application
              .getMethod("use", String.class, String.class, String.class, String[].class)
              .invoke(
                  null,
                  arguments[2],
                  arguments[3],
                  arguments[4],
                  Arrays.copyOfRange(arguments, 5, arguments.length));
      System.out.println("pooled " + pooled);
      application.getMethod("stop").invoke(null);
      return loader;
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
