package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  @Test
  void theCommittedPageIsWhatTheKeysSay() throws IOException {
    assertEquals(
        ConfigurationPage.text(),
        Files.readString(ConfigurationPage.file()),
        "docs/configuration.md is stale; docs/contributing.md says how to make it anew");
  }

  @Test
  void thePageNamesEverySetting() {
    for (SettingKey key : SettingKey.values()) {
      assertTrue(ConfigurationPage.text().contains("| `" + key.property() + "` |"), key.property());
    }
  }

  @Test
  void theExampleOfThePageIsValid() throws IOException {
    String page = ConfigurationPage.text();
    int start = page.indexOf("```properties") + "```properties".length();
    String example = page.substring(start, page.indexOf("```", start));
    Properties lines = new Properties();
    lines.load(new StringReader(example));

    Settings settings = Sources.none().file(example).load();

    assertEquals(7, lines.size());
    assertEquals(5, settings.effectiveReserve());
    assertEquals(2, settings.urls().size());
  }

  @Test
  void everyPatternOfThePageIsUnderstood() {
    int patterns = 0;
    for (String line : ConfigurationPage.text().split("\n")) {
      if (line.startsWith("| `jdbc:")) {
        UrlPatternList.parse(line.substring(3, line.indexOf('`', 3)), false);
        patterns++;
      }
    }
    assertEquals(5, patterns);
  }
}
