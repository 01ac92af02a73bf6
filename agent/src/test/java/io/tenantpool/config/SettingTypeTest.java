package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {

  private static final SettingType TIME = new SettingType.Time("250ms", "10m");
  private static final SettingType WHOLE = new SettingType.Whole(2, 10_000, "2 to 10000");

  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "10m, PT10M"})
  void aDurationIsANumberWithAUnit(String text, Duration expected) {
    assertEquals(expected, TIME.parse(text));
  }

  @Test
  void hoursAreDurationsToo() {
    assertEquals(Duration.ofHours(24), new SettingType.Time("1s", "24h").parse("24h"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30",
        "s",
        "",
        "30 s",
        "-5s",
        "1.5s",
        "5S",
        "5d",
        "5ms5",
        "249ms",
        "601s",
        "11m",
        "9999999999999s",
        "999999999999h",
        "٣s"
      })
  void anythingElseIsNoDurationInRange(String text) {
    assertEquals(
        "must be a duration from 250ms to 10m, such as 500ms, 30s, 5m or 1h", reason(TIME, text));
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "0100, 100", "10000, 10000"})
  void aWholeNumberIsMadeOfDigits(String text, int expected) {
    assertEquals(expected, WHOLE.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "10001", "-2", "+5", "1_000", "5.0", "4294967299", "five", "٣"})
  void anythingElseIsNoWholeNumberInRange(String text) {
    assertEquals("must be a whole number from 2 to 10000", reason(WHOLE, text));
  }

  @Test
  void aRangeThatStartsAtZeroTakesNoNonsense() {
    SettingType type = new SettingType.Whole(0, 9, "0 to 9");

    assertEquals(0, type.parse("0"));
    assertEquals("must be a whole number from 0 to 9", reason(type, "x"));
  }

  @Test
  void aFlagIsTrueOrFalseInAnyCase() {
    SettingType flag = new SettingType.Flag();

    assertEquals(true, flag.parse("TRUE"));
    assertEquals(false, flag.parse("false"));
    assertEquals("must be true or false", reason(flag, "yes"));
  }

  @Test
  void aChoiceIsOneOfItsConstantsInAnyCase() {
    SettingType choice = new SettingType.Choice(List.of(LogFormat.values()));

    assertEquals(LogFormat.JSON, choice.parse("Json"));
    assertEquals("must be text or json", reason(choice, "xml"));
    assertEquals(
        "must be off, error, warn, info, debug or trace",
        reason(new SettingType.Choice(List.of(LogLevel.values())), "fatal"));
  }

  @Test
  void aFileIsAPathOrNone() {
    SettingType file = new SettingType.FileName();

    assertEquals(Optional.of(Path.of("a", "b.log")), file.parse(Path.of("a", "b.log").toString()));
    assertEquals(Optional.empty(), file.parse("NONE"));
    assertEquals("must be the path of a file, or none", reason(file, "\0"));
  }

  @Test
  void aBoundThatIsNoDurationIsAMistakeOfOurs() {
    SettingType type = new SettingType.Time("1", "2h");

    assertThrows(IllegalStateException.class, () -> type.parse("1h"));
  }

  private static String reason(SettingType type, String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> type.parse(text)).getMessage());
  }
}
