package io.tenantpool.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A glob over JDBC URLs.
 *
 * <ul>
 *   <li>{@code *} stands for any run of characters, possibly empty, without {@code / ? & ; ,}
 *   <li>{@code **} stands for anything, possibly nothing
 *   <li>{@code {tenant}} stands for a non-empty run without {@code / ? & ; ,} and names the tenant;
 *       at most once in a pattern. Where several readings are possible, the wildcards before it are
 *       as short and the tenant is as long as they can be.
 *   <li>everything else stands for itself: {@code jdbc:}, the sub-protocol and the hosts in
 *       whatever case, the rest as written
 * </ul>
 *
 * <p>A pattern without {@code ?} does not look at the parameters of a URL: what follows the first
 * {@code ?}, or the first {@code ;} with drivers that separate their parameters so (a pattern with
 * a {@code ;} of its own does look there). Matching takes time in proportion to the length of the
 * URL times that of the pattern, whatever either holds.
 */
public final class UrlPattern {

  private static final String SCHEME = "jdbc:";
  private static final String TENANT = "{tenant}";

  /** Sub-protocols in whose URLs a semicolon is an ordinary character. */
  private static final List<String> QUERY_ONLY =
      List.of("jdbc:postgresql:", "jdbc:mariadb:", "jdbc:mysql:");

  private enum Kind {
    LITERAL,
    RUN,
    ANYTHING,
    TENANT
  }

  private record Token(Kind kind, String text) {

    boolean takes(char c) {
      return kind == Kind.ANYTHING || "/?&;,".indexOf(c) < 0;
    }
  }

  private final String text;
  private final List<Token> tokens;

  private UrlPattern(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when the syntax is not understood; the message says where and
   *     why
   */
  public static UrlPattern parse(String text) {
    if (text.isEmpty()) {
      throw problem(text, 0, "the pattern is empty");
    }
    if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw problem(text, 0, "a pattern starts with jdbc:");
    }
    List<Token> tokens = new ArrayList<>();
    boolean named = false;
    int literal = 0;
    for (int i = 0; i < text.length(); ) {
      Token token = wildcardAt(text, i);
      if (token == null) {
        i++;
        continue;
      }
      if (token.kind == Kind.TENANT && named) {
        throw problem(text, i, "{tenant} stands here a second time");
      }
      named |= token.kind == Kind.TENANT;
      if (literal < i) {
        tokens.add(new Token(Kind.LITERAL, text.substring(literal, i)));
      }
      tokens.add(token);
      i += token.text.length();
      literal = i;
    }
    if (literal < text.length()) {
      tokens.add(new Token(Kind.LITERAL, text.substring(literal)));
    }
    return new UrlPattern(text, List.copyOf(tokens));
  }

  private static @Nullable Token wildcardAt(String text, int at) {
    switch (text.charAt(at)) {
      case '*':
        if (text.startsWith("***", at)) {
          throw problem(text, at, "*** means nothing; write * or **");
        }
        return text.startsWith("**", at)
            ? new Token(Kind.ANYTHING, "**")
            : new Token(Kind.RUN, "*");
      case '{':
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw problem(text, at, "{ without }");
        }
        String name = text.substring(at, end + 1);
        if (!name.equals(TENANT)) {
          throw problem(text, at, "unknown " + name + "; only {tenant} is known");
        }
        return new Token(Kind.TENANT, name);
      case '}':
        throw problem(text, at, "} without {");
      default:
        return null;
    }
  }

  private static IllegalArgumentException problem(String text, int at, String reason) {
    return new IllegalArgumentException(
        "URL pattern \"" + text + "\", position " + (at + 1) + ": " + reason);
  }

  /** Whether the URL matches. */
  public boolean matches(String url) {
    return readings(url) != null;
  }

  /**
   * What {@code {tenant}} stands for in the URL, percent-decoded; empty when the URL does not match
   * or the pattern names no tenant.
   */
  public Optional<String> tenant(String url) {
    boolean[][] rest = readings(url);
    if (rest == null) {
      return Optional.empty();
    }
    int from = 0;
    for (int t = 0; t < tokens.size(); t++) {
      Token token = tokens.get(t);
      switch (token.kind) {
        case LITERAL -> from += token.text.length();
        case RUN, ANYTHING -> {
          while (!rest[t + 1][from]) {
            from++;
          }
        }
        case TENANT -> {
          int end = from + 1;
          for (int i = end; i < rest[t].length && token.takes(url.charAt(i - 1)); i++) {
            end = rest[t + 1][i] ? i : end;
          }
          return Optional.of(decoded(url.substring(from, end)));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Which ends of the URL the ends of this pattern match: {@code [t][i]} tells whether the tokens
   * from {@code t} on match the URL from {@code i} on. Null when the whole does not match.
   */
  private boolean @Nullable [][] readings(String url) {
    int folded = foldedLength(url);
    Token first = tokens.get(0);
    if (!literalAt(first, url, 0, folded)) {
      return null;
    }
    int length = comparedLength(url);
    boolean[][] rest = new boolean[tokens.size() + 1][length + 1];
    rest[tokens.size()][length] = true;
    for (int t = tokens.size() - 1; t >= 0; t--) {
      Token token = tokens.get(t);
      boolean[] here = rest[t];
      boolean[] next = rest[t + 1];
      for (int i = length; i >= 0; i--) {
        boolean more = i < length && token.takes(url.charAt(i));
        here[i] =
            switch (token.kind) {
              case LITERAL -> {
                int end = i + token.text.length();
                yield end <= length && next[end] && literalAt(token, url, i, folded);
              }
              case RUN, ANYTHING -> next[i] || (more && here[i + 1]);
              case TENANT -> more && (next[i + 1] || here[i + 1]);
            };
      }
    }
    return rest[0][0] ? rest : null;
  }

  private static boolean literalAt(Token literal, String url, int at, int folded) {
    String text = literal.text;
    int insensitive = Math.min(text.length(), Math.max(0, folded - at));
    return url.regionMatches(true, at, text, 0, insensitive)
        && url.startsWith(text.substring(insensitive), at + insensitive);
  }

  /** How much of the URL is compared in whatever case: scheme, sub-protocol and hosts. */
  private static int foldedLength(String url) {
    int parameters = firstOf(url, 0, "?");
    int hosts = url.indexOf("//");
    if (hosts >= 0 && hosts < parameters) {
      return firstOf(url, hosts + 2, "/?;");
    }
    return Math.min(parameters, url.indexOf(':', SCHEME.length()) + 1);
  }

  private int comparedLength(String url) {
    if (text.indexOf('?') >= 0) {
      return url.length();
    }
    boolean queryOnly = text.indexOf(';') >= 0;
    for (String prefix : QUERY_ONLY) {
      queryOnly |= url.regionMatches(true, 0, prefix, 0, prefix.length());
    }
    return firstOf(url, 0, queryOnly ? "?" : "?;");
  }

  private static int firstOf(String url, int from, String characters) {
    int i = from;
    while (i < url.length() && characters.indexOf(url.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  private static String decoded(String tenant) {
    if (tenant.indexOf('%') < 0) {
      return tenant;
    }
    try {
      return URLDecoder.decode(tenant.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notPercentEncoded) {
      return tenant;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UrlPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pattern as written. */
  @Override
  public String toString() {
    return text;
  }
}
