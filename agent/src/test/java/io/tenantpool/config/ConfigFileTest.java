package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

  private static final String SUBJECT =
      "system property tenantpool.config = \"tenantpool.properties\": ";

  @Test
  void commentsBlanksAndContinuedLinesAreRead() {
    Settings settings =
        Sources.none()
            .file(
                """
                # the budget
                tenantpool.max-connections = 42
                tenantpool.urls : jdbc:postgresql://a/**, \\
                                  jdbc:postgresql://b/**
                """)
            .load();

    assertEquals(42, settings.maxConnections());
    assertEquals(2, settings.urls().size());
  }

  @Test
  void aMissingFileIsAProblem() {
    assertEquals(
        "agent argument config = \"missing\": there is no such file",
        Sources.none().arguments("config=missing").problem());
  }

  @Test
  void anUnreadableFileIsAProblemWithItsReason() {
    assertEquals(
        SUBJECT + "the file may not be read by this user",
        Sources.none().failingFile(new AccessDeniedException("x")).problem());
    assertEquals(
        SUBJECT + "the file is not in UTF-8",
        Sources.none().failingFile(new MalformedInputException(1)).problem());
    assertEquals(
        SUBJECT + "the file cannot be read: Is a directory",
        Sources.none().failingFile(new IOException("Is a directory")).problem());
    assertEquals(
        SUBJECT + "the file holds a malformed \\u escape",
        Sources.none().file("tenantpool.log-file=\\u00g1").problem());
  }

  @Test
  void aNameThatNoFileCanHaveIsAProblem() {
    String problem = Sources.none().property("tenantpool.config", "a\0b").problem();

    assertTrue(problem.endsWith("must be the path of a file, or none"), problem);
  }

  @Test
  void aLineThatIsGivenTwiceIsAProblem() {
    assertEquals(
        "config file \"tenantpool.reset\": given twice; give it once",
        Sources.none().file("tenantpool.reset=always\ntenantpool.reset=always").problem());
  }

  @Test
  void aConfigFileCannotNameAnother() {
    assertEquals(
        "config file tenantpool.config = \"other\": a config file cannot name another",
        Sources.none().file("tenantpool.config=other").problem());
  }

  @Test
  void aRealFileIsReadInUtf8(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("pool.properties");
    Files.writeString(file, "tenantpool.log-file=größe.log");

    Settings settings = load(file);

    assertEquals(Path.of("größe.log"), settings.logFile().orElseThrow());
  }

  @Test
  void aRealFileThatIsNotUtf8IsAProblem(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("pool.properties");
    Files.write(file, new byte[] {'#', (byte) 0xe4, '\n'});

    InvalidSettingsException failure =
        assertThrows(InvalidSettingsException.class, () -> load(file));

    assertTrue(failure.getMessage().endsWith("the file is not in UTF-8"), failure.getMessage());
  }

  private static Settings load(Path file) {
    return SettingsLoader.load(
        new Properties(),
        null,
        Map.of("TENANTPOOL_CONFIG", file.toString()),
        ConfigFileReader.ofFileSystem());
  }
}
