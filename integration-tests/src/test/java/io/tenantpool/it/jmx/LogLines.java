package io.tenantpool.it.jmx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;

/** What a line of the agent's log may look like, to the letter. */
final class LogLines {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
  private static final String STRING =
      "\"(?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-f]{4}))*+\"";
  private static final String JSON_VALUE = "(?:" + STRING + "|-?(?:0|[1-9]\\d*)|true|false)";
  private static final Pattern JSON =
      Pattern.compile(
          "\\{\"time\":\""
              + TIME
              + "\",\"level\":\"(?:ERROR|WARN|INFO|DEBUG|TRACE)\",\"event\":\"[a-z-]+\""
              + "(?:,"
              + STRING
              + ":"
              + JSON_VALUE
              + ")*+\\}");
  private static final Pattern TEXT =
      Pattern.compile(
          TIME
              + " (?:ERROR|WARN |INFO |DEBUG|TRACE) tenantpool [a-z-]+"
              + "(?: [A-Za-z]+=(?:"
              + STRING
              + "|[^\\s\"\\\\]+))*+");

  private LogLines() {}

  static void assertJson(String line) {
    assertTrue(JSON.matcher(line).matches(), line);
  }

  static void assertText(String line) {
    assertTrue(TEXT.matcher(line).matches(), line);
  }

  /** Whether a line of either format tells of this event. */
  static boolean isEvent(String event, String line) {
    return line.contains(" tenantpool " + event + " ")
        || line.contains("\"event\":\"" + event + "\"");
  }
}
