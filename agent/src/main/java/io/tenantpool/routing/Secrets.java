package io.tenantpool.routing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Takes the secrets out of the parameters of a URL. */
final class Secrets {

  /** What stands in place of a secret. */
  static final String MASK = "***";

  private static final List<String> WORDS =
      List.of("password", "passwd", "pwd", "secret", "token", "passphrase");

  private Secrets() {}

  /**
   * {@code url} with the value of each parameter masked whose name, or anything in its value that
   * looks like a name, speaks of a secret. The same object when there is none.
   */
  static String masked(String url) {
    int query = url.indexOf('?');
    if (query < 0) {
      return url;
    }
    StringBuilder masked = new StringBuilder(url.length()).append(url, 0, query + 1);
    boolean changed = false;
    for (int from = query + 1; from <= url.length(); ) {
      int and = url.indexOf('&', from);
      int end = and < 0 ? url.length() : and;
      String parameter = url.substring(from, end);
      if (isSecret(parameter)) {
        changed = true;
        masked.append(parameter, 0, parameter.indexOf('=') + 1).append(MASK);
      } else {
        masked.append(parameter);
      }
      if (and >= 0) {
        masked.append('&');
      }
      from = end + 1;
    }
    return changed ? masked.toString() : url;
  }

  /** {@code url} without its parameters of that name; the same object when there is none. */
  static String without(String name, String url) {
    int query = url.indexOf('?');
    if (query < 0 || url.indexOf(name + '=', query) < 0) {
      return url;
    }
    StringBuilder rest = new StringBuilder(url.length()).append(url, 0, query);
    char separator = '?';
    for (String parameter : url.substring(query + 1).split("&", -1)) {
      if (!parameter.startsWith(name + '=')) {
        rest.append(separator).append(parameter);
        separator = '&';
      }
    }
    return rest.toString();
  }

  private static boolean isSecret(String parameter) {
    String text = parameter;
    if (text.indexOf('%') >= 0) {
      try {
        text = URLDecoder.decode(text, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException malformed) {
        // Compared as written, then.
        text = parameter;
      }
    }
    if (parameter.indexOf('=') < 0) {
      return false;
    }
    String name = text.substring(0, text.lastIndexOf('=')).toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(name::contains);
  }
}
