package io.tenantpool.it.frameworks;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jars that Maven put on this JVM's class path, by their names. */
public final class Jars {

  private Jars() {}

  /** All whose file name begins with one of these, which each must find something. */
  public static List<Path> named(String... prefixes) {
    List<Path> found = new ArrayList<>();
    for (String prefix : prefixes) {
      int before = found.size();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        Path jar = Path.of(entry);
        if (String.valueOf(jar.getFileName()).startsWith(prefix) && !found.contains(jar)) {
          found.add(jar);
        }
      }
      if (found.size() == before) {
        throw new IllegalArgumentException("no jar '" + prefix + "*' on the class path");
      }
    }
    return found;
  }

  /** HikariCP with what it needs. */
  static List<Path> hikari(String... more) {
    List<Path> all = new ArrayList<>(named("HikariCP-", "slf4j-"));
    all.addAll(named(more));
    return all;
  }
}
