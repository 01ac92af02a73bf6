package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void aValueWithoutSecretsStaysAsItIs() {
    assertEquals("30s", Secrets.line("30s"));
    assertEquals(
        "jdbc:postgresql://db:5432/{tenant}?user=app&ssl=true",
        Secrets.line("jdbc:postgresql://db:5432/{tenant}?user=app&ssl=true"));
  }

  @Test
  void everyParameterThatCouldBeAPasswordIsReplaced() {
    assertEquals(
        "jdbc:x?user=a&password=***&sslPassword=***&ssl=true",
        Secrets.line("jdbc:x?user=a&password=p;1,=2&sslPassword=q&ssl=true"));
    assertEquals("jdbc:x;pwd=***", Secrets.line("jdbc:x;pwd=secret;database=d"));
    assertEquals("api-token=***", Secrets.line("api-token=t"));
  }

  @Test
  void aPasswordBeforeTheHostIsReplaced() {
    assertEquals("jdbc:postgresql://app:***@db/x", Secrets.line("jdbc:postgresql://app:p@ss@db/x"));
    assertEquals("jdbc:postgresql://app@db:1/x", Secrets.line("jdbc:postgresql://app@db:1/x"));
  }

  @Test
  void eachPatternOfAListIsMaskedByItself() {
    assertEquals("jdbc:x?password=***, jdbc:y", Secrets.line("jdbc:x?password=a,b ,  jdbc:y"));
  }

  @Test
  void controlCharactersAreWrittenOut() {
    assertEquals("a\\u000ab\\u001b", Secrets.line("a\nb\u001b"));
  }

  @Test
  void aValueBeyondAThousandCharactersIsCut() {
    assertEquals("a".repeat(1000) + "…", Secrets.line("a".repeat(1001)));
    assertEquals("a".repeat(1000), Secrets.line("a".repeat(1000)));
  }

  @Test
  void aValueInAMessageIsQuoted() {
    assertEquals("\"a\"", Secrets.quoted("a"));
  }
}
