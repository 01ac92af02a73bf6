package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class UrlPatternListTest {

  @Test
  void patternsAreSeparatedByCommas() {
    assertEquals(
        List.of("jdbc:postgresql://a/**", "jdbc:postgresql://b/**"),
        UrlPatternList.split(" jdbc:postgresql://a/** ,\n jdbc:postgresql://b/**"));
  }

  @Test
  void aCommaBetweenHostsDoesNotSeparate() {
    String pattern = "jdbc:postgresql://a:5432,b:5432/{tenant}";

    assertEquals(List.of(pattern), UrlPatternList.split(pattern));
    assertEquals(1, UrlPatternList.parse(pattern, true).size());
  }

  @Test
  void aPatternMayBeginInCapitals() {
    assertEquals(List.of("JDBC:x", "Jdbc:y"), UrlPatternList.split("JDBC:x,Jdbc:y"));
    assertEquals(2, UrlPatternList.parse("JDBC:x,Jdbc:y", true).size());
  }

  @Test
  void noneIsAnEmptyListWhereThatIsAllowed() {
    assertEquals(List.of(), UrlPatternList.parse("None", true));
    assertEquals(
        "must name at least one URL pattern; tenantpool.enabled=false switches the agent off",
        reason("none", false));
  }

  @Test
  void aPatternStartsWithJdbc() {
    assertEquals(
        "URL pattern \"postgresql:**\": a pattern starts with jdbc:", reason("postgresql:**"));
  }

  @Test
  void aCommaWithNothingBehindItIsAProblem() {
    assertEquals("URL pattern \"jdbc:x,\": nothing follows the last comma", reason("jdbc:x,"));
    assertEquals(
        "URL pattern \"jdbc:x,\": nothing follows the last comma", reason("jdbc:x,,jdbc:y"));
  }

  @Test
  void everyWrongPatternIsNamed() {
    assertEquals(
        "URL pattern \"http:x\": a pattern starts with jdbc:; URL pattern \"jdbc:y,\": nothing follows the"
            + " last comma",
        reason("http:x,jdbc:z,jdbc:y,"));
  }

  @Test
  void aPatternOfUnknownSyntaxIsAProblemThatSaysWhereAndWhy() {
    String problem = Sources.none().arguments("urls=jdbc:postgresql://db/{nobody}").problem();

    assertTrue(problem.contains("position 22: unknown {nobody}"), problem);
  }

  @Test
  void aReasonThatQuotesThePatternHoldsNoPassword() {
    String pattern = "jdbc:postgresql://db/{nobody}?password=hunter2&ssl=true";

    String reason = reason(pattern);

    assertTrue(reason.contains(pattern.replace("hunter2", "***") + "\", position 22"), reason);
  }

  @Test
  void aPasswordThatIsNoPatternIsNotQuoted() {
    assertEquals(
        "URL pattern \"jdbc:postgresql://db/x?password=***\": what *** stands for cannot be part of"
            + " a pattern",
        reason("jdbc:postgresql://db/x?password=hunter}2"));
  }

  @Test
  void aReasonHoldsNoPassword() {
    assertEquals(
        "URL pattern \"postgresql://app:***@db/x\": a pattern starts with jdbc:",
        reason("postgresql://app:hunter2@db/x"));
    assertEquals(
        "URL pattern \"jdbc:postgresql://db/x?password=***\": what *** stands for cannot be part of a"
            + " pattern",
        reason("jdbc:postgresql://db/x?password=hunter2,"));
  }

  @Test
  void aProblemWithAPatternHoldsNoPasswordEither() {
    String problem =
        Sources.none()
            .arguments(
                "urls=jdbc:postgresql://db/x?password=hunter2, jdbc:postgresql://app:hunter3@db/x,")
            .problem();

    assertTrue(problem.startsWith("agent argument urls = \"jdbc:postgresql://db/x?"), problem);
    assertFalse(problem.contains("hunter"), problem);
  }

  private static String reason(String text) {
    return reason(text, true);
  }

  private static String reason(String text, boolean mayBeNone) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> UrlPatternList.parse(text, mayBeNone))
            .getMessage());
  }
}
