package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql:** | jdbc:postgresql://h/db?user=x",
        "jdbc:postgresql:** | jdbc:postgresql:db",
        "jdbc:postgresql://*/db | jdbc:postgresql://h:1/db",
        "jdbc:postgresql://*/db | jdbc:postgresql:///db",
        "jdbc:postgresql://h/* | jdbc:postgresql://h/?x=1",
        "jdbc:postgresql://**/db | jdbc:postgresql://h1:1,h2:2/db",
        "jdbc:postgresql://h/db | jdbc:postgresql://h/db?a=b",
        "JDBC:PostgreSQL://HOST/db | jdbc:postgresql://host/db",
        "jdbc:postgresql://host/db | jdbc:postgresql://HOST/db",
        "jdbc:postgresql://h/db?user=* | jdbc:postgresql://h/db?user=x",
        "jdbc:postgresql://h/*?**user=a** | jdbc:postgresql://h/db?x=y&user=a&b=c",
        "jdbc:sqlserver://h* | jdbc:sqlserver://h:1433;databaseName=x",
        "jdbc:sqlserver://h;databaseName=* | jdbc:sqlserver://H;databaseName=x",
        "jdbc:postgresql://h/a;b | jdbc:postgresql://h/a;b?x",
        "jdbc:postgresql:db* | JDBC:POSTGRESQL:db1",
        "jdbc:*://h/** | jdbc:mariadb://h/a/b",
        "jdbc:mysql://h/*a*a*b | jdbc:mysql://h/xaaab",
      })
  void aMatchIsAMatch(String pattern, String url) {
    assertTrue(UrlPattern.parse(pattern).matches(url));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql:** | jdbc:mysql://h/db",
        "jdbc:postgresql://*/db | jdbc:postgresql://h1,h2/db",
        "jdbc:postgresql://*/db | jdbc:postgresql://h/a/db",
        "jdbc:postgresql://h/* | jdbc:postgresql://h/a,b",
        "jdbc:postgresql://h/* | jdbc:postgresql://h/a;b",
        "jdbc:postgresql://h/db | jdbc:postgresql://h/DB",
        "jdbc:postgresql:db | jdbc:postgresql:DB",
        "jdbc:postgresql://h/db | jdbc:postgresql://h/db2",
        "jdbc:postgresql://h/db2 | jdbc:postgresql://h/db",
        "jdbc:postgresql://h/db?user=* | jdbc:postgresql://h/db",
        "jdbc:postgresql://h/db?user=* | jdbc:postgresql://h/db?user=x&a=b",
        "jdbc:postgresql://h/{tenant} | jdbc:postgresql://h/",
        "jdbc:postgresql://h/** | jdbc",
        "jdbc:postgresql://h/** | nonsense",
      })
  void aMissIsAMiss(String pattern, String url) {
    assertFalse(UrlPattern.parse(pattern).matches(url));
    assertEquals(Optional.empty(), UrlPattern.parse(pattern).tenant(url));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://*/{tenant} | jdbc:postgresql://h:1/acme?a=b | acme",
        "jdbc:postgresql://{tenant}.db/** | jdbc:postgresql://acme.DB/x | acme",
        "jdbc:postgresql://h/app_{tenant} | jdbc:postgresql://h/app_a_b | a_b",
        "jdbc:postgresql://h/{tenant}_* | jdbc:postgresql://h/a_b_c | a_b",
        "jdbc:postgresql://h/{tenant}** | jdbc:postgresql://h/acme?x=y | acme",
        "jdbc:postgresql://h/**_{tenant} | jdbc:postgresql://h/x_y_z | y_z",
        "jdbc:postgresql://h/db?**currentSchema={tenant}** | "
            + "jdbc:postgresql://h/db?a=1&currentSchema=acme&b=2 | acme",
        "jdbc:postgresql://h/{tenant} | jdbc:postgresql://h/caf%C3%A9%20b+c | café b+c",
        "jdbc:postgresql://h/{tenant} | jdbc:postgresql://h/a%2Fb | a/b",
        "jdbc:postgresql://h/{tenant} | jdbc:postgresql://h/100%x | 100%x",
      })
  void theTenantIsCaptured(String pattern, String url, String tenant) {
    assertEquals(Optional.of(tenant), UrlPattern.parse(pattern).tenant(url));
  }

  @Test
  void aPatternWithoutTenantNamesNone() {
    assertEquals(Optional.empty(), UrlPattern.parse("jdbc:*:**").tenant("jdbc:h2:mem"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | position 1 | empty",
        "postgresql://h/db | position 1 | starts with jdbc:",
        "jdbc:a:*** | position 8 | ***",
        "jdbc:a:{tenant | position 8 | { without }",
        "jdbc:a:tenant} | position 14 | } without {",
        "jdbc:a:{user} | position 8 | unknown {user}",
        "jdbc:a:{} | position 8 | unknown {}",
        "jdbc:a:{tenant}/{tenant} | position 17 | second time",
      })
  void unknownSyntaxIsRefusedWithPositionAndReason(String pattern, String position, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> UrlPattern.parse(pattern)).toString();
    assertTrue(message.contains(position + ":"), message);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void manyWildcardsOverALongUrlEnd() {
    UrlPattern pattern = UrlPattern.parse("jdbc:x:" + "**a*a".repeat(20) + "b");
    String url = "jdbc:x:" + "a".repeat(20_000);
    assertFalse(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> pattern.matches(url)));
  }

  @Test
  void aPatternIsWhatIsWritten() {
    UrlPattern pattern = UrlPattern.parse("jdbc:A:**");
    assertEquals("jdbc:A:**", pattern.toString());
    assertEquals(UrlPattern.parse("jdbc:A:**"), pattern);
    assertEquals(UrlPattern.parse("jdbc:A:**").hashCode(), pattern.hashCode());
    assertNotEquals(UrlPattern.parse("jdbc:a:**"), pattern);
  }
}
