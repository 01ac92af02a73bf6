package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each test has tinylog anew in a loader of its own, as the agent has, amid an application that has
 * configured its own tinylog.
 */
final class TinylogWriterTest {

  @TempDir Path directory;

  private final PrintStream realErr = System.err;
  private final PrintStream realOut = System.out;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void theApplicationHasItsOwnTinylog() throws IOException {
    Path own = directory.resolve("application.log");
    Path properties = directory.resolve("tinylog.properties");
    Files.writeString(
        properties, "level = off\nwriter = file\nwriter.file = " + own + "\nwriter.format = APP\n");
    System.setProperty("tinylog.configuration", properties.toString());
    System.setProperty("tinylog.level", "off");
    System.setProperty("tinylog.writer.format", "APPLICATION {message}");
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(realErr);
    System.setOut(realOut);
    for (String key : List.of("tinylog.configuration", "tinylog.level", "tinylog.writer.format")) {
      System.clearProperty(key);
    }
  }

  @Test
  void linesGoToStderrAsTheyAre() throws Exception {
    write(Optional.empty(), "one {} {level} %s", "two");
    assertEquals(
        "one {} {level} %s" + System.lineSeparator() + "two" + System.lineSeparator(),
        err.toString(StandardCharsets.UTF_8));
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void linesGoToTheFileAfterWhatItHolds() throws Exception {
    Path file = directory.resolve("agent.log");
    Files.writeString(file, "before" + System.lineSeparator());
    write(Optional.of(file), "ä€");
    assertEquals(List.of("before", "ä€"), Files.readAllLines(file, StandardCharsets.UTF_8));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theApplicationsOwnLogStaysEmpty() throws Exception {
    write(Optional.empty(), "one");
    assertEquals(false, Files.exists(directory.resolve("application.log")));
  }

  private static void write(Optional<Path> file, String... lines) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      Class<?> type = loader.loadClass(TinylogWriter.class.getName());
      Constructor<?> constructor = type.getDeclaredConstructor(Optional.class);
      constructor.setAccessible(true);
      Object writer = constructor.newInstance(file);
      Method write = type.getDeclaredMethod("write", String.class);
      write.setAccessible(true);
      for (String line : lines) {
        write.invoke(writer, line);
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
