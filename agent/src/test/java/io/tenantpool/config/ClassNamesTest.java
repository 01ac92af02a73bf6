package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {

  @Test
  void namesAreSeparatedByCommasAndCountOnce() {
    assertEquals(
        List.of("com.acme.Pool", "Pool", "com.acme.Outer$Inner_2"),
        new ClassNames().parse("com.acme.Pool, Pool ,com.acme.Outer$Inner_2,Pool"));
  }

  @Test
  void noneIsNoClass() {
    assertEquals(List.of(), new ClassNames().parse("None"));
    assertEquals(List.of(), Settings.defaults().poolClasses());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,", ",a", "a..b", ".a", "a.", "com.acme.*", "2a", "a b", "a/b"})
  void whatIsNoNameOfAClassIsAProblem(String text) {
    IllegalArgumentException problem =
        assertThrows(IllegalArgumentException.class, () -> new ClassNames().parse(text));
    assertTrue(String.valueOf(problem.getMessage()).startsWith("class name \""));
  }

  @Test
  void theSettingReachesTheAgentThroughItsArguments() {
    assertEquals(List.of("com.acme.Pool"), Settings.of("pool-classes=com.acme.Pool").poolClasses());
  }
}
