package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import org.junit.jupiter.api.Test;

final class LogLineTest {

  private static LogLine line() {
    return new LogLine(LogLevel.WARN, 0, "closed");
  }

  @Test
  void textIsReadableWordByWord() {
    assertEquals(
        "1970-01-01T00:00:00.000Z WARN  tenantpool closed tenant=acme id=7 why=\"it broke\" none=\"\"",
        line()
            .with("tenant", "acme")
            .with("id", 7L)
            .with("absent", null)
            .with("why", "it broke")
            .with("none", "")
            .render(LogFormat.TEXT));
  }

  @Test
  void jsonKeepsNumbersAndBooleansAndQuotesTheRest() {
    assertEquals(
        "{\"time\":\"1970-01-01T00:00:00.000Z\",\"level\":\"WARN\",\"event\":\"closed\","
            + "\"tenant\":\"acme\",\"id\":7,\"known\":true}",
        line().with("tenant", "acme").with("id", 7).with("known", true).render(LogFormat.JSON));
  }

  @Test
  void jsonEscapesEverythingThatJsonForbids() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0x20; c++) {
      all.append(c);
    }
    String json = line().with("m", all + "\"\\\u2028ä€😀").render(LogFormat.JSON);
    assertFalse(json.chars().anyMatch(c -> c < ' ' || c == 0x2028), json);
    assertEquals(
        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\u0008\\t\\n\\u000b\\u000c\\r"
            + "\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018"
            + "\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\\\"\\\\\\u2028ä€😀\"}",
        json.substring(json.indexOf("\"m\":") + 4));
  }

  @Test
  void aTenantCannotForgeASecondLine() {
    String text = line().with("tenant", "a\nb=c").render(LogFormat.TEXT);
    assertEquals("1970-01-01T00:00:00.000Z WARN  tenantpool closed tenant=\"a\\nb=c\"", text);
  }

  @Test
  void secretsAreHiddenInBothFormats() {
    for (LogFormat format : LogFormat.values()) {
      String text = line().with("url", "jdbc:x://h/d?password=s3cret").render(format);
      assertFalse(text.contains("s3cret"), text);
    }
  }
}
