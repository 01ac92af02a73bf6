package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * What SQL speaks of that the agent has to know of a session later, found in one look at the text.
 * Such state is rare, and to ask the server about it each time would cost more than all else: so
 * only a session whose SQL spoke of it is asked. What a function hides is not seen.
 */
final class SpokenOf {

  /** {@code setseed(…)}, {@code SET seed}. */
  static final int SEED = 1;

  /** Advisory locks that last as long as the session. */
  static final int SESSION_LOCK = 1 << 1;

  static final int LISTEN = 1 << 2;

  /** {@code SET ROLE}. */
  static final int ROLE = 1 << 3;

  /** {@code SET SESSION AUTHORIZATION}. */
  static final int AUTHORIZATION = 1 << 4;

  /** The isolation level, be it that of the session. */
  static final int ISOLATION = 1 << 5;

  static final int APPLICATION_NAME = 1 << 6;

  /** What ends with the session alone: a temporary replication slot, its origin, a backup. */
  static final int ENDS_WITH_SESSION = 1 << 7;

  /** The length of the shortest word. */
  private static final int SHORTEST = 4;

  /** Of two letters, whether a word may begin so: most do not, and that is told by one look. */
  private static final boolean[] MAY_BEGIN =
      beginnings("se", "st", "ad", "au", "ap", "ba", "cr", "is", "li", "ro", "re");

  private SpokenOf() {}

  /** All that {@code sql} speaks of; 0 when it is nothing. */
  static int in(@Nullable String sql) {
    if (sql == null) {
      return 0;
    }
    int spoken = 0;
    int last = sql.length() - SHORTEST;
    for (int i = 0; i <= last; i++) {
      if (MAY_BEGIN[pair(sql.charAt(i), sql.charAt(i + 1))]) {
        spoken |= at(sql, i);
      }
    }
    return spoken;
  }

  /** The same for both cases of letters; other characters may look like letters. */
  private static int pair(char first, char second) {
    return (first & 31) << 5 | (second & 31);
  }

  private static boolean[] beginnings(String... pairs) {
    boolean[] may = new boolean[1 << 10];
    for (String each : pairs) {
      may[pair(each.charAt(0), each.charAt(1))] = true;
    }
    return may;
  }

  private static int at(String sql, int i) {
    return switch (sql.charAt(i)) {
      case 's', 'S' -> beginningWithS(sql, i);
      case 'a', 'A' -> beginningWithA(sql, i);
      case 'b', 'B' -> is(sql, i, "backup_start") ? ENDS_WITH_SESSION : 0;
      case 'c', 'C' -> createsSlot(sql, i) ? ENDS_WITH_SESSION : 0;
      case 'i', 'I' -> is(sql, i, "isolation") ? ISOLATION : 0;
      case 'l', 'L' -> is(sql, i, "listen") && isCommand(sql, i) ? LISTEN : 0;
      case 'r', 'R' -> beginningWithR(sql, i);
      default -> 0;
    };
  }

  private static int beginningWithS(String sql, int at) {
    if (is(sql, at, "seed")) {
      return SEED;
    }
    return is(sql, at, "start_backup") ? ENDS_WITH_SESSION : 0;
  }

  private static int beginningWithR(String sql, int at) {
    if (is(sql, at, "role")) {
      return isSetting(sql, at) ? ROLE : 0;
    }
    return is(sql, at, "replication_origin_session_setup") ? ENDS_WITH_SESSION : 0;
  }

  private static boolean createsSlot(String sql, int at) {
    return is(sql, at, "create_physical_replication_slot")
        || is(sql, at, "create_logical_replication_slot");
  }

  private static int beginningWithA(String sql, int at) {
    if (is(sql, at, "advisory_lock")) {
      return SESSION_LOCK;
    }
    if (is(sql, at, "authorization")) {
      return isOfSession(sql, at) ? AUTHORIZATION : 0;
    }
    return is(sql, at, "application_name") ? APPLICATION_NAME : 0;
  }

  /** {@code SESSION AUTHORIZATION} or {@code session_authorization}. */
  private static boolean isOfSession(String sql, int at) {
    int before = at - 1;
    while (before >= 0 && !Character.isLetterOrDigit(sql.charAt(before))) {
      before--;
    }
    return endsIn(sql, before, "session");
  }

  private static boolean is(String sql, int at, String word) {
    return sql.regionMatches(true, at, word, 0, word.length());
  }

  /** {@code LISTEN channel}, and not a column of that name or a longer word. */
  private static boolean isCommand(String sql, int at) {
    int end = at + "listen".length();
    return !isPartOfWord(sql, at - 1) && end < sql.length() && !isPartOfWord(sql, end);
  }

  /** {@code SET LOCAL ROLE}, {@code set_config('role', …)}, and not a column of that name. */
  private static boolean isSetting(String sql, int at) {
    int before = at - 1;
    if (isPartOfWord(sql, at + "role".length()) || before < 0 || isPartOfWord(sql, before)) {
      return false;
    }
    if (sql.charAt(before) == '\'') {
      return sql.regionMatches(true, Math.max(0, sql.lastIndexOf('(', at) - 6), "config", 0, 6);
    }
    while (before >= 0 && !isPartOfWord(sql, before)) {
      before--;
    }
    return endsIn(sql, before, "set")
        || endsIn(sql, before, "local")
        || endsIn(sql, before, "session");
  }

  /** Whether a word ends so at that place; {@code RESET} ends as {@code SET}. */
  private static boolean endsIn(String sql, int last, String ending) {
    return sql.regionMatches(true, last - ending.length() + 1, ending, 0, ending.length());
  }

  private static boolean isPartOfWord(String sql, int at) {
    return at >= 0
        && at < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_');
  }
}
