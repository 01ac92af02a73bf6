package io.tenantpool.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text after the agent's jar on the command line: {@code name=value,name=value}. A value may
 * hold commas; so a comma ends it only where something follows that has the shape of a name (lower
 * case letters, digits, hyphens and dots, a letter first) and an equals sign. A misspelt name
 * therefore is an unknown setting and never a silent part of the value before it.
 */
final class AgentArguments {

  private AgentArguments() {}

  /** One of them, without the blanks around name and value. */
  record Argument(String name, String value) {}

  /** The arguments in their order. */
  static List<Argument> parse(@Nullable String arguments, Problems problems) {
    if (arguments == null || arguments.isBlank()) {
      return List.of();
    }
    List<Argument> parsed = new ArrayList<>();
    int start = 0;
    while (start < arguments.length()) {
      int end = argumentEnd(arguments, start);
      int equals = arguments.indexOf('=', start);
      if (equals < 0 || equals > end) {
        problems.other(
            "agent arguments "
                + Secrets.quoted(arguments.substring(start, end))
                + ": must be name=value, separated by commas");
      } else {
        parsed.add(
            new Argument(
                arguments.substring(start, equals).strip(),
                arguments.substring(equals + 1, end).strip()));
      }
      start = end + 1;
    }
    return parsed;
  }

  private static int argumentEnd(String arguments, int start) {
    int comma = arguments.indexOf(',', start);
    while (comma >= 0 && !isNameAndEquals(arguments, comma + 1)) {
      comma = arguments.indexOf(',', comma + 1);
    }
    return comma < 0 ? arguments.length() : comma;
  }

  private static boolean isNameAndEquals(String text, int from) {
    int start = skipBlanks(text, from);
    int at = start;
    while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
      at++;
    }
    int equals = skipBlanks(text, at);
    return at > start && equals < text.length() && text.charAt(equals) == '=';
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isNamePart(char c, boolean first) {
    return (c >= 'a' && c <= 'z') || (!first && (c == '-' || c == '.' || (c >= '0' && c <= '9')));
  }
}
