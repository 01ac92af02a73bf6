package io.tenantpool.connection;

import java.util.Locale;
import java.util.regex.Pattern;

/** What SQL that was executed in a set-up may have done, as far as its text tells. */
final class SetUpSql {

  private static final Pattern COMMENT =
      Pattern.compile("\\A(?:\\s+|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)+", Pattern.DOTALL);

  /** What runs code of the server that is not in the text, or sets back all there is. */
  private static final Pattern DOES_ANYTHING =
      Pattern.compile(
          "\\A(?:SELECT|VALUES|WITH|CALL|DO|EXECUTE|DISCARD|\\{)\\b|\\A\\{|\\bRESET\\s+ALL\\b",
          Pattern.DOTALL);

  private static final Pattern ROLLBACK = Pattern.compile("\\A(?:ROLLBACK|ABORT)\\b");

  private SetUpSql() {}

  private static String normal(String sql) {
    return COMMENT.matcher(sql).replaceFirst("").toUpperCase(Locale.ROOT);
  }

  /**
   * A test query leaves nothing, and some pools send one for their first connection only. A query
   * that calls a function may leave something: {@code SELECT set_config(…)}.
   */
  static boolean mayLeaveSomething(String sql) {
    String text = normal(sql);
    boolean query = text.startsWith("SELECT") || text.startsWith("VALUES");
    return !text.isEmpty() && (!query || text.indexOf('(') >= 0 || text.contains("INTO"));
  }

  /** Whether it takes back what the transaction has done, if that is over now. */
  static boolean rollsBack(String sql) {
    return ROLLBACK.matcher(normal(sql)).find();
  }

  /** Whether it may set what {@code property} of the connection stands for. */
  static boolean mayTouch(String sql, SessionProperty property) {
    String text = normal(sql);
    if (DOES_ANYTHING.matcher(text).find()) {
      return true;
    }
    return switch (property) {
      case SCHEMA -> text.contains("SEARCH_PATH") || text.contains("SCHEMA");
      case ISOLATION -> text.contains("ISOLATION");
      case READ_ONLY -> text.contains("READ");
      case CLIENT_INFO -> text.contains("APPLICATION_NAME");
      default -> false;
    };
  }
}
