package io.tenantpool.bootstrap;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Loads what lies under {@code isolated/} in the agent's jar, its class files named {@code
 * .classdata}, so that no loader of the application ever meets it. What is there comes from there,
 * whatever else the boot loader was given; the rest comes from the parent: for the agent, the
 * platform loader. The jar stays open for the life of the JVM.
 */
final class AgentClassLoader extends ClassLoader {

  private static final String PREFIX = "isolated/";

  static {
    registerAsParallelCapable();
  }

  private final ZipFile jar;
  private final String resourceRoot;

  /**
   * Opens the jar.
   *
   * @throws IOException when it cannot be read
   */
  AgentClassLoader(File jar) throws IOException {
    this(jar, ClassLoader.getPlatformClassLoader());
  }

  /** With another loader than the platform's for what is not in the isolated part. */
  AgentClassLoader(File jar, ClassLoader parent) throws IOException {
    super("tenant-pool-agent", parent);
    this.jar = new ZipFile(jar);
    this.resourceRoot = "jar:" + jar.toURI() + "!/";
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return super.loadClass(name, resolve);
    }
    ZipEntry entry = jar.getEntry(PREFIX + name.replace('.', '/') + ".classdata");
    if (entry == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name, entry);
    }
  }

  private Class<?> define(String name, ZipEntry entry) throws ClassNotFoundException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] classFile = in.readAllBytes();
      return defineClass(name, classFile, 0, classFile.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  /** Never the services that somebody else put on the boot loader's path. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.startsWith("META-INF/services/") ? findResources(name) : super.getResources(name);
  }

  @Override
  protected URL findResource(String name) {
    String path = PREFIX + name;
    if (path.endsWith(".class")) {
      path += "data";
    }
    ZipEntry entry = jar.getEntry(path);
    if (entry == null || entry.isDirectory()) {
      return null;
    }
    try {
      return new URL(null, resourceRoot + path, new EntryHandler(jar, entry));
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return own == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singletonList(own));
  }
}
