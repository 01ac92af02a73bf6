package io.tenantpool.interception;

import io.tenantpool.upkeep.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Loads pool libraries out of {@code target/pool-libraries} as an application's loader would with
 * the agent: what is in the jars comes from there, through the rewriter.
 */
final class PoolLoader extends URLClassLoader {

  private final PoolClasses pools;
  private final Set<String> rewritten = new TreeSet<>();

  PoolLoader(List<PoolLibrary> libraries, String... jars) {
    super(urls(jars), PoolLoader.class.getClassLoader());
    this.pools = new PoolClasses(libraries, new NamedPools(List.of(), new Faults(System.err)));
  }

  private static URL[] urls(String... jars) {
    List<URL> urls = new ArrayList<>();
    try {
      for (String jar : jars) {
        Path file = Path.of("target", "pool-libraries", jar.concat(".jar"));
        if (!Files.isRegularFile(file)) {
          throw new IllegalStateException(file + " is missing: run the build");
        }
        urls.add(file.toUri().toURL());
      }
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
    return urls.toArray(new URL[0]);
  }

  /** Looks for classes in {@code directory} as well. */
  void add(Path directory) throws MalformedURLException {
    addURL(directory.toUri().toURL());
  }

  /** Internal names of the classes that were given hooks. */
  Set<String> rewritten() {
    return rewritten;
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      String internalName = name.replace('.', '/');
      URL own = findResource(internalName.concat(".class"));
      return own == null ? super.loadClass(name, resolve) : define(name, internalName, own);
    }
  }

  private Class<?> define(String name, String internalName, URL resource)
      throws ClassNotFoundException {
    try (InputStream in = resource.openStream()) {
      ByteArrayOutputStream original = new ByteArrayOutputStream();
      in.transferTo(original);
      byte[] classFile = original.toByteArray();
      if (pools.concern(internalName)) {
        byte[] withHooks = pools.rewrite(this, internalName, classFile);
        if (withHooks != null) {
          rewritten.add(internalName);
          classFile = withHooks;
        }
      }
      return defineClass(name, classFile, 0, classFile.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }
}
