package io.tenantpool.connection;

import java.sql.SQLException;
import java.util.Locale;

/**
 * Whether SQL is one statement. Where an operator has asked for it, SQL that is more than one is
 * refused before it reaches the driver: what an attacker appends to a statement of the application
 * is nearly always a second one.
 *
 * <p>Read as PostgreSQL reads it: texts, quoted names, dollar quotes, comments, and the statements
 * inside of {@code BEGIN ATOMIC … END} and of parentheses belong to the statement around them.
 * Whether a backslash in a text means anything is a setting of the session: what would be several
 * statements either way is several.
 *
 * <p>Source: <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical
 * Structure</a>.
 */
final class StatementGuard {

  private final String sql;
  private final boolean backslashEscapes;
  private int at;
  private int parentheses;

  /** How many ends are awaited of {@code BEGIN ATOMIC} and what is inside of it. */
  private int blocks;

  private int words;

  /** Whether it creates something, and whether that is a function or procedure. */
  private boolean creates;

  private boolean createsRoutine;

  private String lastWord = "";

  private StatementGuard(String sql, boolean backslashEscapes) {
    this.sql = sql;
    this.backslashEscapes = backslashEscapes;
  }

  /**
   * Does nothing when {@code sql} is one statement, or none.
   *
   * @throws SQLException when it is several
   */
  static void check(String sql) throws SQLException {
    if (!isSingle(sql)) {
      // As PostgreSQL refuses several commands in one prepared statement.
      throw new SQLException(
          "tenant-pool: several statements in one call are refused for this URL by"
              + " tenantpool.single-statement-urls; execute them one by one, or as a batch",
          SqlStates.SYNTAX_ERROR);
    }
  }

  /** Whether {@code sql} is one statement at most, however backslashes are read. */
  static boolean isSingle(String sql) {
    return sql.indexOf(';') < 0
        || (!new StatementGuard(sql, false).hasSecond()
            && (sql.indexOf('\\') < 0 || !new StatementGuard(sql, true).hasSecond()));
  }

  private boolean hasSecond() {
    boolean ended = false;
    while (true) {
      at = SqlWords.skipSpace(sql, at);
      if (at >= sql.length()) {
        return false;
      }
      char c = sql.charAt(at);
      if (c == ';') {
        ended |= parentheses == 0 && blocks == 0;
        at++;
      } else if (ended) {
        return true;
      } else {
        pass(c);
      }
    }
  }

  private void pass(char c) {
    if (c == '\'') {
      skipText(backslashEscapes || isMarked());
    } else if (c == '"') {
      skipQuoted('"');
    } else if (c == '$' && skipDollarQuote()) {
      lastWord = "";
    } else if (Character.isJavaIdentifierStart(c) && c != '$') {
      word();
      return;
    } else {
      parentheses += c == '(' ? 1 : c == ')' && parentheses > 0 ? -1 : 0;
      at++;
    }
    lastWord = "";
  }

  /** Whether the text that begins here is {@code E'…'}. */
  private boolean isMarked() {
    return lastWord.equals("e") && (sql.charAt(at - 1) | 0x20) == 'e';
  }

  private void word() {
    int start = at;
    while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
      at++;
    }
    String word = sql.substring(start, at).toLowerCase(Locale.ROOT);
    noteBeginning(word);
    if (createsRoutine && word.equals("atomic") && lastWord.equals("begin")) {
      blocks++;
    } else if (blocks > 0 && word.equals("case")) {
      blocks++;
    } else if (blocks > 0 && word.equals("end")) {
      blocks--;
    }
    lastWord = word;
  }

  /** {@code CREATE [OR REPLACE] FUNCTION | PROCEDURE}: nothing else has a body of statements. */
  private void noteBeginning(String word) {
    words++;
    if (words == 1) {
      creates = word.equals("create");
    } else if (words == 2 || (words == 4 && lastWord.equals("replace"))) {
      createsRoutine |= creates && (word.equals("function") || word.equals("procedure"));
    }
  }

  private void skipText(boolean escapes) {
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == '\\' && escapes) {
        at++;
      } else if (c == '\'') {
        if (at >= sql.length() || sql.charAt(at) != '\'') {
          return;
        }
        at++;
      }
    }
  }

  private void skipQuoted(char quote) {
    int end = sql.indexOf(quote, at + 1);
    at = end < 0 ? sql.length() : end + 1;
  }

  /** Over {@code $tag$ … $tag$}; false, and nothing is passed, when none begins here. */
  private boolean skipDollarQuote() {
    int i = at + 1;
    while (i < sql.length() && (Character.isLetterOrDigit(sql.charAt(i)) || sql.charAt(i) == '_')) {
      i++;
    }
    boolean begins =
        i < sql.length()
            && sql.charAt(i) == '$'
            && (i == at + 1 || !Character.isDigit(sql.charAt(at + 1)));
    if (begins) {
      String tag = sql.substring(at, i + 1);
      int end = sql.indexOf(tag, i + 1);
      at = end < 0 ? sql.length() : end + tag.length();
    }
    return begins;
  }
}
