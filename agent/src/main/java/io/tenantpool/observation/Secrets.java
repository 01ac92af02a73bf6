package io.tenantpool.observation;

import java.util.regex.Pattern;

/**
 * Takes passwords out of text that others wrote: driver messages quote URLs. It rather hides a word
 * too many than one too few.
 */
final class Secrets {

  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)([\\w.-]*(?:password|passwd|pwd|passphrase|secret|token|credentials?|accesskey))"
              + "(\\s*[=:]\\s*)(?:\"[^\"]*\"|'[^']*'|[^&\\s]+)");

  /** {@code //user:password@host}, but not the port of {@code //host:5432/db?user=a@b}. */
  private static final Pattern USER_INFO = Pattern.compile("(//[^\\s/?@:]*:)(?!\\d+[/,?\\s])\\S*@");

  /** {@code jdbc:oracle:thin:user/password@host}. */
  private static final Pattern ORACLE = Pattern.compile("(?i)(jdbc:oracle:\\w+:[^\\s/@]*/)\\S+@");

  private Secrets() {}

  static String hide(String text) {
    String hidden = text;
    // Most values are names and numbers: a look for a character is a hundred times cheaper.
    if (hidden.indexOf('=') >= 0 || hidden.indexOf(':') >= 0) {
      hidden = ASSIGNED.matcher(hidden).replaceAll("$1$2***");
    }
    if (hidden.indexOf('@') >= 0) {
      hidden = USER_INFO.matcher(hidden).replaceAll("$1***@");
      hidden = ORACLE.matcher(hidden).replaceAll("$1***@");
    }
    return hidden;
  }
}
