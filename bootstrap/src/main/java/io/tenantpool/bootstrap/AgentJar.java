package io.tenantpool.bootstrap;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * Finds the jar that the boot loader's classes came from. A class of the boot loader has no code
 * source, so it is looked for where the JVM put it: {@code -javaagent} appends the jar to the class
 * path as well.
 */
final class AgentJar {

  /** The name that the manifest's Boot-Class-Path gives. */
  static final String NAME = "tenant-pool-agent.jar";

  private static final String A_CLASS = "io/tenantpool/bootstrap/AgentJar.class";

  private AgentJar() {}

  /**
   * The jar of the running version. When the JVM was given another version, which happens when that
   * one was renamed and an older jar of the usual name lies beside it, this is said in one line.
   *
   * @throws IOException when there is none
   */
  static File locate() throws IOException {
    List<File> copies = copies();
    return copies.size() == 1
        ? copies.get(0)
        : choose(copies, AgentJar.class.getPackage().getImplementationVersion());
  }

  /** The first copy of the running version; names one that is of another version. */
  static File choose(List<File> copies, String running) throws IOException {
    File chosen = null;
    File other = null;
    for (File copy : copies) {
      if (Objects.equals(version(copy), running)) {
        chosen = chosen == null ? copy : chosen;
      } else {
        other = copy;
      }
    }
    if (chosen == null) {
      throw new IOException("the agent's jar was not found");
    }
    if (other != null) {
      System.err.println(
          "tenant-pool-agent: "
              + other
              + " is version "
              + version(other)
              + ", but version "
              + running
              + " from "
              + chosen
              + " is running; remove one of the two");
    }
    return chosen;
  }

  private static List<File> copies() throws IOException {
    List<File> copies = new ArrayList<>();
    for (URL url : Collections.list(ClassLoader.getSystemResources(A_CLASS))) {
      String location = url.toString();
      if (location.startsWith("jar:file:")) {
        File jar = new File(URI.create(location.substring(4, location.indexOf("!/"))));
        addOnce(copies, jar);
        // A boot loader that was extended while the JVM ran does not show its resources.
        addOnce(copies, new File(jar.getParentFile(), NAME));
      }
    }
    return copies;
  }

  private static void addOnce(List<File> copies, File jar) throws IOException {
    File canonical = jar.getCanonicalFile();
    if (canonical.isFile() && !copies.contains(canonical)) {
      copies.add(canonical);
    }
  }

  private static String version(File jar) throws IOException {
    try (JarFile opened = new JarFile(jar, false)) {
      return opened.getManifest() == null
          ? null
          : opened
              .getManifest()
              .getMainAttributes()
              .getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    }
  }
}
