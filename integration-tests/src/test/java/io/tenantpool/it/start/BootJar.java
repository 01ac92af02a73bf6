package io.tenantpool.it.start;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.springframework.boot.loader.launch.JarLauncher;

/**
 * An executable jar as Spring Boot's Maven plugin packs it: the launcher at the root, the
 * application in {@code BOOT-INF/classes}, its libraries uncompressed in {@code BOOT-INF/lib}.
 */
public final class BootJar {

  private BootJar() {}

  /** Packs {@code classes}, the first of them with the main method, and {@code libraries}. */
  public static Path pack(Path target, List<Class<?>> classes, List<Path> libraries)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, JarLauncher.class.getName());
    main.putValue("Start-Class", classes.get(0).getName());
    main.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    main.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
    try (OutputStream file = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      addLauncher(jar);
      for (String directory : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
        jar.putNextEntry(new JarEntry(directory));
      }
      for (Class<?> type : classes) {
        addWithNested(jar, type);
      }
      for (Path library : libraries) {
        addStored(jar, "BOOT-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
      }
    }
    return target;
  }

  private static void addLauncher(JarOutputStream target) throws IOException {
    try (JarFile loader = new JarFile(Child.locationOf(JarLauncher.class).toFile())) {
      for (JarEntry entry : loader.stream().toList()) {
        boolean wanted =
            entry.getName().startsWith("org/") || entry.getName().startsWith("META-INF/services/");
        if (wanted && !entry.isDirectory()) {
          ByteArrayOutputStream content = new ByteArrayOutputStream();
          loader.getInputStream(entry).transferTo(content);
          target.putNextEntry(new JarEntry(entry.getName()));
          content.writeTo(target);
        }
      }
    }
  }

  private static void addWithNested(JarOutputStream jar, Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    jar.putNextEntry(new JarEntry("BOOT-INF/classes/" + name));
    Files.copy(Child.locationOf(type).resolve(name), jar);
    for (Class<?> nested : type.getDeclaredClasses()) {
      addWithNested(jar, nested);
    }
  }

  private static void addStored(JarOutputStream jar, String name, byte[] content)
      throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    JarEntry entry = new JarEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    jar.putNextEntry(entry);
    jar.write(content);
  }
}
