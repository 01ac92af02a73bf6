package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.ConfigFileReader;
import io.tenantpool.config.ConfigKey;
import io.tenantpool.config.SettingsLoader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints is read by the real loader of settings. */
class EncryptCommandTest {

  private static final String TOKEN = "Ab3-._~+/=0123456789";

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String typed, String... arguments) {
    out.reset();
    err.reset();
    return Tool.run(
        arguments,
        "9.9",
        new Surroundings(
            new File("agent.jar"),
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8)),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String tokenBehind(String line, Path keyFile) {
    Properties properties = new Properties();
    properties.setProperty("tenantpool.config", "any");
    properties.setProperty("tenantpool.config-key-file", keyFile.toString());
    properties.setProperty("tenantpool.http-port", "0");
    ConfigFileReader files = path -> path.equals(keyFile) ? Files.readString(path) : line;
    return SettingsLoader.load(properties, null, Map.of(), files).http().orElseThrow().token();
  }

  @Test
  void theLineIsReadByTheAgent() throws IOException {
    Path keyFile = directory.resolve("key");
    assertEquals(
        0,
        run(TOKEN + "\n", "encrypt", "--new-key", "--key-file=" + keyFile, "tenantpool.http-token"),
        err());
    assertFalse(out().contains(TOKEN), out());
    assertEquals(TOKEN, tokenBehind(out(), keyFile));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)));

    assertEquals(0, run(TOKEN, "encrypt", "--key-file=" + keyFile, "http-token"), err());
    assertEquals(TOKEN, tokenBehind(out(), keyFile));
  }

  @Test
  void aKeyFileIsNeverOverwritten() throws IOException {
    Path keyFile = Files.writeString(directory.resolve("key"), ConfigKey.random().text());
    String before = Files.readString(keyFile);
    assertEquals(
        2, run(TOKEN, "encrypt", "--new-key", "--key-file=" + keyFile, "tenantpool.http-token"));
    assertTrue(err().contains("already"), err());
    assertEquals(before, Files.readString(keyFile));
  }

  @Test
  void whatIsMissingOrWrongIsSaid() throws IOException {
    Path keyFile = Files.writeString(directory.resolve("key"), ConfigKey.random().text());
    String key = "--key-file=" + keyFile;
    assertRefused("there is no setting 'tokn'", TOKEN, "encrypt", key, "tokn");
    assertRefused("there is no value", "\n", "encrypt", key, "tenantpool.http-token");
    assertRefused("must be at least 16", "short", "encrypt", key, "tenantpool.http-token");
    assertRefused("--new-key needs --key-file", TOKEN, "encrypt", "--new-key", "http-token");
    Files.writeString(keyFile, "no key");
    assertRefused("32 bytes in Base64", TOKEN, "encrypt", key, "tenantpool.http-token");
    assertFalse(err().contains("no key"), err());
    Files.delete(keyFile);
    assertRefused("cannot be read", TOKEN, "encrypt", key, "tenantpool.http-token");
  }

  private void assertRefused(String said, String typed, String... arguments) {
    assertEquals(2, run(typed, arguments));
    assertTrue(err().contains(said), err());
    assertFalse(err().contains(TOKEN), err());
    assertEquals("", out());
  }
}
