package io.tenantpool.config;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Makes a value fit for a message: whatever could be a password in it is replaced, rather too much
 * than too little, and it stays on one line.
 */
final class Secrets {

  private static final List<String> SECRET_NAMES =
      List.of("pass", "pwd", "secret", "token", "credential");

  private static final int LONGEST = 1000;

  private Secrets() {}

  /** The value in quotes, for people to read. */
  static String quoted(String value) {
    return "\"" + line(value) + "\"";
  }

  /** The value on one line, for people to read. */
  static String line(String value) {
    String line = oneLine(mask(value, "***"));
    return line.length() > LONGEST ? line.substring(0, LONGEST).concat("…") : line;
  }

  /** The text with its control characters written out. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        line.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  /** The value with {@code replacement} in the place of each secret. */
  static String mask(String value, String replacement) {
    StringBuilder masked = new StringBuilder(value.length());
    for (String element : UrlPatternList.split(value)) {
      masked.append(masked.isEmpty() ? "" : ", ");
      masked.append(maskParameters(maskUserInfo(element, replacement), replacement));
    }
    return masked.toString();
  }

  /** {@code //user:password@host}: from the first colon to the last at-sign. */
  private static String maskUserInfo(String url, String replacement) {
    int start = url.indexOf("//");
    int end = url.lastIndexOf('@');
    int colon = start < 0 ? -1 : url.indexOf(':', start);
    if (colon < 0 || colon > end) {
      return url;
    }
    return url.substring(0, colon + 1) + replacement + url.substring(end);
  }

  /** {@code password=secret}: to the next ampersand, for anything else may be part of it. */
  private static String maskParameters(String url, String replacement) {
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    int equals = url.indexOf('=');
    while (equals >= 0) {
      int end = url.indexOf('&', equals);
      end = end < 0 ? url.length() : end;
      int next = equals;
      if (isSecret(url.substring(copied, equals))) {
        masked.append(url, copied, equals + 1).append(replacement);
        copied = end;
        next = end - 1;
      }
      equals = url.indexOf('=', next + 1);
    }
    return masked.append(url, copied, url.length()).toString();
  }

  /** Whether the name at the end of {@code text} is one that passwords have. */
  private static boolean isSecret(String text) {
    int start = text.length();
    while (start > 0 && isNamePart(text.charAt(start - 1))) {
      start--;
    }
    String name = text.substring(start).toLowerCase(Locale.ROOT);
    for (String secret : SECRET_NAMES) {
      if (name.contains(secret)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }
}
