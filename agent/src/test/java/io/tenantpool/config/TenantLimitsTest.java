package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantLimitsTest {

  @Test
  void eachTenantHasWhatIsSaidOfItFirst() {
    TenantLimits limits =
        TenantLimits.parse("acme<=10, trial-*<=1 ,gold-*>=4,big*weight=3, *-gold<=7");
    assertEquals(OptionalInt.of(10), limits.of("acme").most());
    assertEquals(OptionalInt.of(1), limits.of("trial-7").most());
    assertEquals(OptionalInt.of(4), limits.of("gold-").least());
    assertEquals(OptionalInt.empty(), limits.of("gold").least());
    assertEquals(OptionalInt.of(3), limits.of("bigger").weight());
    TenantLimits.Of both = limits.of("gold-gold");
    assertEquals(OptionalInt.of(4), both.least());
    assertEquals(OptionalInt.of(7), both.most());
    assertEquals(OptionalInt.of(1), limits.of("trial-gold").most(), "the first one counts");
    assertEquals(OptionalInt.empty(), limits.of("other").most());
  }

  @Test
  void noneSaysNothing() {
    assertSame(TenantLimits.NONE, TenantLimits.parse("none"));
    assertEquals(OptionalInt.empty(), TenantLimits.NONE.of("acme").most());
  }

  @ParameterizedTest
  @CsvSource({
    "a*c, abc, true",
    "a*c, ac, true",
    "a*c, acb, false",
    "*, anything, true",
    "a**b, ab, true",
    "*b*, abc, true",
    "*b*, ac, false",
    "a*b*c, a1b2c, true",
    "ab*ba, aba, false",
    "abc, abc, true",
    "abc, abcd, false",
    "a*bc*d, abcd, true",
    "a*b*b, ab, false",
  })
  void aStarStandsForAnything(String pattern, String tenant, boolean fits) {
    TenantLimit limit =
        new TenantLimit(pattern, OptionalInt.empty(), OptionalInt.of(1), OptionalInt.empty());
    assertEquals(fits, limit.fits(tenant));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                        TenantLimits.parse(
                            "acme, <=3, b<=0, c weight=0, d>=x, e<=2, e>=3, f<=1, f<=2, g h<=1"))
                .getMessage());
    assertTrue(message.contains("\"acme\" has none of <=, >= and weight="), message);
    assertTrue(message.contains("\"<=3\" names no tenant"), message);
    assertTrue(message.contains("\"b<=0\" needs a whole number from 1 to 10000"), message);
    assertTrue(message.contains("\"c weight=0\" needs a whole number from 1 to 100"), message);
    assertTrue(message.contains("\"d>=x\" needs a whole number"), message);
    assertTrue(message.contains("\"e\" is to have 3 at least and 2 at most"), message);
    assertTrue(message.contains("\"f\" has two limits of the same kind"), message);
    assertTrue(message.contains("\"g h<=1\" must be a tenant's name or a pattern"), message);
  }

  @Test
  void aTenantThatIsNamedIsHeldToWhatPatternsSayOfIt() {
    assertThrows(IllegalArgumentException.class, () -> TenantLimits.parse("gold-*>=4, gold-a<=3"));
    assertEquals(OptionalInt.of(3), TenantLimits.parse("gold-*>=2, gold-a<=3").of("gold-a").most());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gold-*>=4, *<=3 | \"gold-*\" is to have 4 at least and may be \"*\", which is to have 3",
        "*<=3, gold-*>=4 | \"gold-*\" is to have 4 at least and may be \"*\", which is to have 3",
        "*-eu>=4, gold-*<=3 | \"*-eu\" is to have 4 at least and may be \"gold-*\"",
        "gold-a>=4, *<=3 | \"gold-a\" is to have 4 at least and 3 at most",
        "*>=4, gold-a<=3 | \"gold-a\" is to have 4 at least and 3 at most",
        "gold-a<=8, gold-*>=4, *<=3 | \"gold-*\" is to have 4 at least",
        "*a*b*>=4, *b*a*<=3 | is to have 4 at least",
      })
  void noTenantCanBeToldToHaveMoreThanItMay(String text, String problem) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> TenantLimits.parse(text))
                .getMessage());
    assertTrue(message.contains(problem), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gold-*<=8, gold-*>=4, *<=3 |",
        "gold-*>=2, gold-*>=4, *<=3 | two",
        "trial-*<=1, gold-*>=4 |",
        "*-a>=4, *-b<=3 |",
        "gold-*>=3, *<=3 |",
        "gold-a<=8, gold-a>=4, *<=3 |",
        "g*<=9, *d>=4, go*<=3 |",
        "*x<=9, *x*>=4, *x*<=9 |",
      })
  void whatNoTenantCanBeIsNoContradiction(String text, String kind) {
    if (kind == null) {
      assertEquals(text, TenantLimits.parse(text).toString());
    } else {
      String message =
          String.valueOf(
              assertThrows(IllegalArgumentException.class, () -> TenantLimits.parse(text))
                  .getMessage());
      assertTrue(message.contains(kind), message);
    }
  }

  @Test
  void aLimitAboveTheBudgetAMinimumAboveItAndTheirSumAreToldTogether() {
    String arguments = "max-connections=20,reserved-connections=0,tenant-limits=";
    String message =
        Sources.none()
            .property("tenantpool.tenant-limits", "acme<=500, b*>=21, c>=12, d>=11")
            .arguments("max-connections=20,reserved-connections=0")
            .problems()
            .toString();
    assertTrue(message.contains("limits nobody with acme<=500"), message);
    assertTrue(message.contains("promises one tenant 21"), message);
    assertTrue(message.contains("promises the named tenants 23 together"), message);
    assertEquals(
        "acme<=20", Settings.of(arguments + "acme<=20").serverBounds().tenantLimits().toString());
  }

  @Test
  void theLimitOfATenantIsKnownByItsPattern() {
    TenantLimits limits = TenantLimits.parse("acme>=2, trial-*<=1, *<=7");
    assertEquals(Optional.of("trial-*<=1"), limits.saysMost("trial-7"));
    assertEquals(Optional.of("*<=7"), limits.saysMost("acme"));
    assertEquals(Optional.empty(), TenantLimits.NONE.saysMost("acme"));
  }

  @Test
  void whatIsPromisedTheBudgetMustHave() {
    InvalidSettingsException one =
        assertThrows(
            InvalidSettingsException.class,
            () -> Settings.of("max-connections=10,tenant-limits=acme>=11"));
    assertTrue(
        String.valueOf(one.getMessage()).contains("promises one tenant 11"), one::getMessage);
    TenantLimits two = TenantLimits.parse("a>=6, b>=5, c*>=9");
    assertEquals(11, two.leastOfNamed());
    assertEquals(9, two.largestLeast());
    TenantLimits overlapping = TenantLimits.parse("gold-*>=2, gold-a>=6, gold-b>=1, c>=5, c*>=3");
    assertEquals(9, overlapping.leastOfNamed(), "2 for gold-a and gold-b each, and 5");
    assertEquals(5, overlapping.largestLeast(), "nobody is promised 6");
  }

  @Test
  void theyReadAsTheyWereWritten() {
    assertEquals("acme<=10,b>=2", TenantLimits.parse("acme<=10,b>=2").toString());
    assertEquals(TenantLimits.parse("acme<=10"), TenantLimits.parse("acme <= 10"));
    assertFalse(TenantLimits.parse("acme<=10").equals(TenantLimits.parse("acme<=11")));
  }
}
