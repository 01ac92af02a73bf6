package io.tenantpool.connection;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The words of one SQL statement of PostgreSQL, one after the other: key words and names, without
 * comments, white space, constants and punctuation. As far as an administrator's statements need
 * it: an expression is not understood, only passed over.
 *
 * <p>Source: <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical
 * Structure</a>.
 */
final class SqlWords {

  private final String sql;
  private int at;

  /** The quoted name that was met last; null when it was a plain word. */
  private boolean quoted;

  /** Whether a name was met that cannot be told: one with Unicode escapes. */
  private boolean unknown;

  /** Begins at {@code start}. */
  SqlWords(String sql, int start) {
    this.sql = sql;
    this.at = start;
  }

  /** The first place from {@code start} on that is neither white space nor a comment. */
  static int skipSpace(String sql, int start) {
    int i = start;
    int length = sql.length();
    while (i < length) {
      char c = sql.charAt(i);
      if (c <= ' ') {
        i++;
      } else if (c == '-' && sql.startsWith("--", i)) {
        i = afterLine(sql, i);
      } else if (c == '/' && sql.startsWith("/*", i)) {
        i = afterComment(sql, i);
      } else {
        return i;
      }
    }
    return length;
  }

  /** A comment's line ends with whatever of CR and LF comes first. */
  private static int afterLine(String sql, int start) {
    int i = start;
    while (i < sql.length() && sql.charAt(i) != '\n' && sql.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  /** PostgreSQL's comments nest. */
  private static int afterComment(String sql, int start) {
    int depth = 0;
    int i = start;
    while (i < sql.length()) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          return i;
        }
      } else {
        i++;
      }
    }
    return i;
  }

  /**
   * The next word: one without quotes in lower case, as PostgreSQL folds it, a quoted name as it
   * is, a comma as such; null at the end of the statement.
   */
  @Nullable String next() {
    while (true) {
      at = skipSpace(sql, at);
      quoted = false;
      if (at >= sql.length() || sql.charAt(at) == ';') {
        return null;
      }
      char c = sql.charAt(at);
      if (c == '"') {
        return quotedName();
      }
      if (c == ',') {
        at++;
        return ",";
      }
      if (c == '\'') {
        skipConstant();
      } else if (Character.isJavaIdentifierStart(c) && c != '$') {
        return word();
      } else {
        at++;
      }
    }
  }

  private String word() {
    int start = at;
    while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
      at++;
    }
    if (at - start == 1 && (sql.charAt(start) | 0x20) == 'u' && sql.startsWith("&\"", at)) {
      at++;
      unknown = true;
      return quotedName();
    }
    return sql.substring(start, at).toLowerCase(Locale.ROOT);
  }

  private String quotedName() {
    quoted = true;
    StringBuilder name = new StringBuilder();
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == '"') {
        if (at < sql.length() && sql.charAt(at) == '"') {
          at++;
        } else {
          break;
        }
      }
      name.append(c);
    }
    return name.toString();
  }

  private void skipConstant() {
    int end = sql.indexOf('\'', at + 1);
    at = end < 0 ? sql.length() : end + 1;
  }

  /** The next word if it is the key word {@code wanted}, which is then passed; whether it was. */
  boolean take(String wanted) {
    int before = at;
    String word = next();
    if (word != null && !quoted && word.equals(wanted)) {
      return true;
    }
    at = before;
    return false;
  }

  /** Passes everything up to and with a key word; false when there is none. */
  boolean skipTo(String wanted) {
    for (String word = next(); word != null; word = next()) {
      if (!quoted && word.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Passes {@code IF EXISTS}. */
  void skipIfExists() {
    if (take("if")) {
      take("exists");
    }
  }

  /** Whether the word that {@link #next} returned last was quoted, so that it is a name. */
  boolean wasQuoted() {
    return quoted;
  }

  /** Whether one of the names so far cannot be told. */
  boolean sawUnknownName() {
    return unknown;
  }

  /** Whether nothing but white space and comments follows the statement, after a semicolon. */
  static boolean isLast(String sql, int semicolon) {
    return semicolon < 0 || skipSpace(sql, semicolon + 1) >= sql.length();
  }
}
