package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.config.AgentArguments.Argument;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentArgumentsTest {

  @Test
  void noArgumentsAreNoArguments() {
    assertEquals(List.of(), AgentArguments.parse(null, new Problems()));
    assertEquals(List.of(), parse("  "));
  }

  @Test
  void argumentsAreSeparatedByCommas() {
    assertEquals(List.of(new Argument("a", "b"), new Argument("c", "d")), parse("a=b,c=d"));
  }

  @Test
  void blanksAroundNamesAndValuesDoNotMatter() {
    assertEquals(
        List.of(new Argument("a", "b"), new Argument("c-2", "d")), parse(" a = b , c-2 =d"));
  }

  @Test
  void aValueMayHoldCommas() {
    assertEquals(
        List.of(
            new Argument("urls", "jdbc:postgresql://a:1,b:2/**, jdbc:postgresql://c/**"),
            new Argument("reset", "always")),
        parse("urls=jdbc:postgresql://a:1,b:2/**, jdbc:postgresql://c/**,reset=always"));
  }

  @Test
  void aHostBeforeAParameterIsNoName() {
    String urls = "jdbc:postgresql://a,b?user=x";

    assertEquals(List.of(new Argument("urls", urls)), parse("urls=" + urls));
  }

  @Test
  void aValueMayHoldEqualsSigns() {
    assertEquals(List.of(new Argument("urls", "jdbc:x?a=b&c=d")), parse("urls=jdbc:x?a=b&c=d"));
  }

  @Test
  void aCommaAtTheEndBelongsToTheValue() {
    assertEquals(List.of(new Argument("a", "b,")), parse("a=b,"));
  }

  @Test
  void whatHasTheShapeOfANameStartsAnArgumentEvenWhenNoSettingHasIt() {
    assertEquals(
        List.of(new Argument("urls", "jdbc:x"), new Argument("acquire-timout", "5s")),
        parse("urls=jdbc:x,acquire-timout=5s"));
  }

  @Test
  void aTextWithoutAnEqualsSignIsAProblem() {
    assertProblem("agent arguments \"fast\": must be name=value, separated by commas", "fast");
    assertProblem("agent arguments \"fast\": must be name=value, separated by commas", "fast,a=b");
  }

  private static List<Argument> parse(String arguments) {
    Problems problems = new Problems();
    List<Argument> parsed = AgentArguments.parse(arguments, problems);
    problems.throwIfAny();
    return parsed;
  }

  private static void assertProblem(String expected, String arguments) {
    assertEquals(
        List.of(expected),
        assertThrows(InvalidSettingsException.class, () -> parse(arguments)).problems());
  }
}
