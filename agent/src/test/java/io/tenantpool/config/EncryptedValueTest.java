package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encrypted values of the config file, with real cryptography and real file permissions. */
class EncryptedValueTest {

  private static final String TOKEN = "Ab3-._~+/=0123456789";

  private final ConfigKey key = ConfigKey.random();

  @TempDir Path directory;

  private static String line(SettingKey setting, String value) {
    return setting.property() + " = " + value + "\n";
  }

  private Sources withKeyInEnvironment(String lines) {
    return Sources.none().file(lines).environment("TENANTPOOL_CONFIG_KEY", key.text());
  }

  private String token() {
    return EncryptedValue.of(SettingKey.HTTP_TOKEN, TOKEN, key);
  }

  @Test
  void aValueIsDecryptedWithTheKeyOfTheEnvironment() {
    Settings settings =
        withKeyInEnvironment("tenantpool.http-port=0\n" + line(SettingKey.HTTP_TOKEN, token()))
            .load();
    assertEquals(TOKEN, settings.http().orElseThrow().token());
    assertFalse(settings.toString().contains(TOKEN), settings.toString());
    assertFalse(settings.toString().contains(key.text()), settings.toString());
  }

  @Test
  void aValueIsDecryptedWithTheKeyOfAFile() throws IOException {
    Path keyFile = file("key", key.text() + "\n", "rw-r-----");
    Path config =
        file(
            "tenantpool.properties",
            "tenantpool.http-port=0\n"
                + line(SettingKey.HTTP_TOKEN, token())
                + line(SettingKey.CONFIG_KEY_FILE, keyFile.toString()),
            "rw-r--r--");
    Settings settings = load(config);
    assertEquals(TOKEN, settings.http().orElseThrow().token());
    assertEquals(List.of(), settings.remarks());
  }

  @Test
  void anySettingMayBeEncryptedAndIsNotShownThen() {
    String pattern = "jdbc:postgresql://quiet-host/**";
    Settings settings =
        withKeyInEnvironment(
                line(SettingKey.URLS, EncryptedValue.of(SettingKey.URLS, pattern, key)))
            .load();
    assertTrue(settings.urls().get(0).matches("jdbc:postgresql://quiet-host/a"));
    assertFalse(settings.toString().contains("quiet-host"), settings.toString());
    assertTrue(settings.toString().contains("tenantpool.urls = *** (config file)"));
  }

  @Test
  void theSameValueNeverLooksTheSame() {
    assertNotEquals(token(), token());
  }

  @Test
  void aValueOfAnotherSettingIsNotTaken() {
    assertEquals(
        "config file tenantpool.http-token = \"ENC(…)\": was not encrypted with this key for this"
            + " setting, or was changed since",
        withKeyInEnvironment(
                line(SettingKey.HTTP_TOKEN, EncryptedValue.of(SettingKey.LOG_FILE, TOKEN, key)))
            .problem());
  }

  @Test
  void aValueThatWasChangedOrEncryptedWithAnotherKeyIsNotTaken() {
    String value = token();
    int middle = value.length() / 2;
    char other = value.charAt(middle) == 'A' ? 'B' : 'A';
    for (String wrong :
        List.of(
            value.substring(0, middle) + other + value.substring(middle + 1),
            EncryptedValue.of(SettingKey.HTTP_TOKEN, TOKEN, ConfigKey.random()))) {
      String problem = withKeyInEnvironment(line(SettingKey.HTTP_TOKEN, wrong)).problem();
      assertTrue(problem.contains("was not encrypted with this key"), problem);
    }
  }

  @ParameterizedTest
  @CsvSource({"ENC(), is too short", "ENC(AAAA), is too short", "ENC(ä), is not Base64"})
  void whatIsNoEncryptedValueIsSaid(String written, String said) {
    String problem = withKeyInEnvironment(line(SettingKey.HTTP_TOKEN, written)).problem();
    assertTrue(problem.contains(said), problem);
  }

  @Test
  void withoutAKeyTheProblemNamesTheSettings() {
    assertEquals(
        "config file tenantpool.http-token = \"ENC(…)\": there is no key for it; set"
            + " tenantpool.config-key-file, or the environment variable TENANTPOOL_CONFIG_KEY",
        Sources.none().file(line(SettingKey.HTTP_TOKEN, token())).problem());
  }

  @Test
  void aKeyOnACommandLineIsRefusedAndNotShown() {
    for (Sources sources :
        List.of(
            Sources.none().property("tenantpool.config-key", key.text()),
            Sources.none().arguments("config-key=" + key.text()),
            Sources.none().file(line(SettingKey.CONFIG_KEY, key.text())))) {
      String problem = sources.problem();
      assertTrue(
          problem.endsWith("\"***\": may only stand in the environment, as TENANTPOOL_CONFIG_KEY"),
          problem);
    }
  }

  @Test
  void aKeyThatIsNoneIsAProblemWithoutIt() {
    for (String wrong : List.of("nonsense!", "AAAA")) {
      String problem =
          Sources.none()
              .file(line(SettingKey.HTTP_TOKEN, token()))
              .environment("TENANTPOOL_CONFIG_KEY", wrong)
              .problem();
      assertTrue(problem.contains("32 bytes in Base64"), problem);
      assertFalse(problem.contains(wrong), problem);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rw-r--r--, read",
    "rw-rw----, write",
    "rw-rw-rw-, read and write",
    "rw-----w-, write"
  })
  void aKeyFileThatOthersReachIsAProblem(String permissions, String others) throws IOException {
    Path keyFile = file("key", key.text(), permissions);
    Path config =
        file(
            "tenantpool.properties",
            line(SettingKey.HTTP_TOKEN, token())
                + line(SettingKey.CONFIG_KEY_FILE, keyFile.toString()),
            "rw-------");
    InvalidSettingsException refused =
        assertThrows(InvalidSettingsException.class, () -> load(config));
    assertEquals(1, refused.problems().size(), refused.problems().toString());
    String problem = refused.problems().get(0);
    assertTrue(
        problem.contains("other users may " + others + " the file; take that away"), problem);
  }

  @Test
  void aKeyFileThatIsNotThereOrHoldsNoKeyIsAProblem() throws IOException {
    Path config =
        file(
            "tenantpool.properties",
            line(SettingKey.HTTP_TOKEN, token())
                + line(SettingKey.CONFIG_KEY_FILE, directory.resolve("missing").toString()),
            "rw-------");
    assertTrue(
        assertThrows(InvalidSettingsException.class, () -> load(config))
            .problems()
            .get(0)
            .endsWith("cannot be read: NoSuchFileException"));
    file("missing", "no key", "rw-------");
    assertTrue(
        assertThrows(InvalidSettingsException.class, () -> load(config))
            .problems()
            .get(0)
            .contains("what it holds must be a key"));
  }

  @Test
  void aPlainTokenInAFileThatOthersReadIsRemarked() throws IOException {
    Path config =
        file(
            "tenantpool.properties",
            "tenantpool.http-port=0\n" + line(SettingKey.HTTP_TOKEN, TOKEN),
            "rw-r--r--");
    List<String> remarks = load(config).remarks();
    assertEquals(1, remarks.size(), remarks.toString());
    assertTrue(remarks.get(0).startsWith("other users may read the config file "), remarks.get(0));
    assertFalse(remarks.get(0).contains(TOKEN));

    Path tokenFile = file("token", TOKEN, "rw-rw-r--");
    remarks =
        Sources.none()
            .file(ConfigFileReader.ofFileSystem())
            .property("tenantpool.config", "none")
            .property("tenantpool.http-port", "0")
            .property("tenantpool.http-token-file", tokenFile.toString())
            .load()
            .remarks();
    assertTrue(
        remarks.get(0).startsWith("other users may read and write the file "), remarks.get(0));
  }

  private Path file(String name, String text, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private static Settings load(Path config) {
    return Sources.none()
        .file(ConfigFileReader.ofFileSystem())
        .property("tenantpool.config", config.toString())
        .load();
  }
}
