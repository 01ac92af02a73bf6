package io.tenantpool.connection;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether SQL only asks, as what pools send to test a connection does, or ends and takes away, and
 * so leaves nothing in its session that a later statement could miss. In doubt it leaves something:
 * any function may set a variable, and any change may draw from a sequence.
 */
final class MereQuery {

  /** A statement that begins so asks. */
  private static final Set<String> ASKING = Set.of("SELECT", "VALUES", "SHOW", "TABLE");

  /** A statement that begins so takes away, or has its end in that of its transaction. */
  private static final Set<String> ENDING =
      Set.of(
          "ABORT",
          "BEGIN",
          "CLOSE",
          "COMMIT",
          "DEALLOCATE",
          "DISCARD",
          "END",
          "NOTIFY",
          "RELEASE",
          "RESET",
          "ROLLBACK",
          "SAVEPOINT",
          "START",
          "UNLISTEN");

  /** What may stand before a parenthesis: words of SQL, types, and functions that only answer. */
  private static final Set<String> ANSWERING =
      Set.of(
          "ABS",
          "ALL",
          "AND",
          "ANY",
          "ARRAY",
          "ARRAY_AGG",
          "AS",
          "AVG",
          "BETWEEN",
          "BY",
          "CASE",
          "CAST",
          "CHAR",
          "CLOCK_TIMESTAMP",
          "COALESCE",
          "CONCAT",
          "COUNT",
          "CURRENT_DATABASE",
          "CURRENT_SCHEMA",
          "CURRENT_SCHEMAS",
          "CURRENT_SETTING",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "DATE_TRUNC",
          "DECIMAL",
          "ELSE",
          "EXCEPT",
          "EXISTS",
          "EXTRACT",
          "FROM",
          "GENERATE_SERIES",
          "GREATEST",
          "HAVING",
          "IN",
          "INET_CLIENT_ADDR",
          "INET_SERVER_ADDR",
          "INET_SERVER_PORT",
          "INTERSECT",
          "JOIN",
          "LATERAL",
          "LEAST",
          "LENGTH",
          "LIMIT",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "LOWER",
          "MAX",
          "MIN",
          "NOT",
          "NOW",
          "NULLIF",
          "NUMERIC",
          "OFFSET",
          "ON",
          "OR",
          "OVER",
          "PG_ADVISORY_UNLOCK",
          "PG_ADVISORY_UNLOCK_ALL",
          "PG_ADVISORY_UNLOCK_SHARED",
          "PG_ADVISORY_XACT_LOCK",
          "PG_BACKEND_PID",
          "PG_IS_IN_RECOVERY",
          "PG_POSTMASTER_START_TIME",
          "PG_SLEEP",
          "PG_TRY_ADVISORY_XACT_LOCK",
          "ROUND",
          "ROW",
          "SELECT",
          "SOME",
          "STATEMENT_TIMESTAMP",
          "STRING_AGG",
          "SUBSTRING",
          "SUM",
          "THEN",
          "TO_CHAR",
          "TRANSACTION_TIMESTAMP",
          "TRIM",
          "UNION",
          "UNNEST",
          "UPPER",
          "USING",
          "VALUES",
          "VARCHAR",
          "VERSION",
          "WHEN",
          "WHERE");

  private final String sql;
  private int at;

  /** The last word, if nothing but space, comments and a dot has come since. */
  private String word = "";

  /** Whether it names something in a schema other than {@code pg_catalog}. */
  private boolean isQualified;

  private MereQuery(String sql) {
    this.sql = sql;
  }

  /** Whether {@code sql} is one, or several; an empty text is. Null is none. */
  static boolean is(@Nullable String sql) {
    return sql != null && new MereQuery(sql).isMere();
  }

  private boolean isMere() {
    while (skipSpace()) {
      if (sql.charAt(at) == ';') {
        at++;
      } else if (!isStatementMere()) {
        return false;
      }
    }
    return true;
  }

  /** Reads one statement, to its end if it is mere. */
  private boolean isStatementMere() {
    if (sql.charAt(at) == '(') {
      at++;
      return skipSpace() && isStatementMere();
    }
    String first = nextWord();
    if (ENDING.contains(first)) {
      return skipToEnd().indexOf('\'') < 0;
    }
    if (first.equals("SET")) {
      return takesAway(skipToEnd());
    }
    return ASKING.contains(first) && asksOnly(first);
  }

  /** The rest of a statement, in which no semicolon is quoted. */
  private String skipToEnd() {
    int end = sql.indexOf(';', at);
    String rest = sql.substring(at, end < 0 ? sql.length() : end);
    at += rest.length();
    return rest.trim().toUpperCase(Locale.ROOT);
  }

  /** {@code SET … TO DEFAULT}, {@code SET ROLE NONE}, and what ends with its transaction. */
  private static boolean takesAway(String settings) {
    return settings.indexOf('\'') < 0
        && (settings.endsWith("DEFAULT")
            || settings.matches("(SESSION\\s+)?ROLE\\s+NONE")
            || settings.startsWith("LOCAL ")
            || settings.startsWith("TRANSACTION "));
  }

  private boolean asksOnly(String first) {
    word = first;
    isQualified = false;
    while (skipSpace()) {
      char next = sql.charAt(at);
      if (next == ';') {
        return true;
      } else if (Character.isLetter(next) || next == '_') {
        boolean afterDot = at > 0 && sql.charAt(at - 1) == '.' && !word.equals("PG_CATALOG");
        word = nextWord();
        isQualified = afterDot;
        if (word.equals("INTO")) {
          return false;
        }
      } else if (next == '(') {
        if (isQualified || !(word.isEmpty() || ANSWERING.contains(word))) {
          return false;
        }
        at++;
        word = "";
      } else if (next == '\'') {
        if (!skipText()) {
          return false;
        }
      } else if (next == '"' && sql.indexOf('"', at + 1) > 0) {
        at = sql.indexOf('"', at + 1) + 1;
        word = "\"";
      } else if (next == '"' || next == '$' || next == '{') {
        // A dollar quotes, and a brace is the driver's.
        return false;
      } else {
        at++;
        if (next != '.') {
          word = "";
        }
      }
    }
    return true;
  }

  /** Over a text in quotes; false when it escapes something by a rule that is not known here. */
  private boolean skipText() {
    int end = sql.indexOf('\'', at + 1);
    boolean plain = end > 0 && sql.indexOf('\\', at) < 0;
    at = end + 1;
    word = "";
    return plain;
  }

  private String nextWord() {
    int begin = at;
    while (at < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_')) {
      at++;
    }
    return sql.substring(begin, at).toUpperCase(Locale.ROOT);
  }

  /** Over space and comments; whether anything follows. */
  private boolean skipSpace() {
    at = SqlWords.skipSpace(sql, at);
    return at < sql.length();
  }
}
