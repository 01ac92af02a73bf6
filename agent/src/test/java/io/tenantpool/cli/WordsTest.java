package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void aTimeHasTheUnitThatSuitsIt() {
    assertEquals("0 us", Words.micros(0));
    assertEquals("999 us", Words.micros(999));
    assertEquals("1.0 ms", Words.micros(1_000));
    assertEquals("31.4 ms", Words.micros(31_400));
    assertEquals("2.5 s", Words.micros(2_500_000));
  }

  @Test
  void anAgeHasTheTwoUnitsThatMatter() {
    assertEquals("59 s", Words.age(59_999));
    assertEquals("1 min", Words.age(60_000));
    assertEquals("1 h 1 min", Words.age(3_660_000));
    assertEquals("2 d 3 h", Words.age((2 * 86_400 + 3 * 3_600) * 1_000L));
  }

  @Test
  void aRateIsADashUntilItIsKnown() {
    assertEquals("-", Words.rate(OptionalDouble.empty()));
    assertEquals("0.5", Words.rate(OptionalDouble.of(0.5)));
    assertEquals("1235", Words.rate(OptionalDouble.of(1234.6)));
  }

  @Test
  void whatIsTooLongIsCutAndMarked() {
    assertEquals("acme", Words.fitted("acme", 4));
    assertEquals("acm~", Words.fitted("acme1", 4));
  }
}
