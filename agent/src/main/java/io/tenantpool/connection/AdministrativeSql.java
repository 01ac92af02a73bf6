package io.tenantpool.connection;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What SQL of an administrator means for sessions that nobody uses just now: those that are in its
 * way, and those that would be other ones if they logged in after it. Told by the key words; what a
 * function does on the server is not seen. A guess too many costs a connect, nothing else.
 *
 * @param inTheWay these have to be gone before it; null when none
 * @param outdated a login would give these something else after it, or be refused, or their driver
 *     remembers what is gone; null when none
 * @param isSingle whether it is one statement alone
 */
record AdministrativeSql(
    @Nullable SessionFilter inTheWay, @Nullable SessionFilter outdated, boolean isSingle) {

  /** The catalogs that a login reads, without their common prefix. */
  private static final Set<String> LOGIN_CATALOGS =
      Set.of("pg_database", "pg_authid", "pg_db_role_setting", "pg_auth_members");

  /** A block that speaks of none of these changes nothing that a login gives. */
  private static final String[] SPEAKS_OF_LOGINS = {
    "role", "user", "group", "database", "revoke", "event", "system", "pg_reload_conf"
  };

  /** What {@code sql} means; null for nearly all SQL, after a look at a few characters. */
  static @Nullable AdministrativeSql of(@Nullable String sql) {
    if (sql == null) {
      return null;
    }
    AdministrativeSql found = ofStatement(sql, SqlWords.skipSpace(sql, 0));
    int semicolon = sql.indexOf(';');
    if (SqlWords.isLast(sql, semicolon)) {
      return found;
    }
    // Semicolons inside a constant are taken for separators: see above.
    for (; semicolon >= 0; semicolon = sql.indexOf(';', semicolon + 1)) {
      AdministrativeSql next = ofStatement(sql, SqlWords.skipSpace(sql, semicolon + 1));
      found = next == null ? found : next.and(found);
    }
    return found == null ? null : new AdministrativeSql(found.inTheWay, found.outdated, false);
  }

  /** Both, in one message or batch. */
  AdministrativeSql and(@Nullable AdministrativeSql other) {
    return other == null
        ? this
        : new AdministrativeSql(
            union(inTheWay, other.inTheWay), union(outdated, other.outdated), false);
  }

  private static @Nullable SessionFilter union(
      @Nullable SessionFilter one, @Nullable SessionFilter other) {
    return one == null || other == null ? (one == null ? other : one) : one.or(other);
  }

  private static AdministrativeSql needsAlone(SessionFilter sessions) {
    return new AdministrativeSql(sessions, null, true);
  }

  private static AdministrativeSql outdates(SessionFilter sessions) {
    return new AdministrativeSql(null, sessions, true);
  }

  private static @Nullable AdministrativeSql ofStatement(String sql, int start) {
    if (start >= sql.length()) {
      return null;
    }
    return switch (sql.charAt(start)) {
      case 's', 'S' -> isAt(sql, start + 7, "pg_") ? ofSelect(sql, start) : null;
      case 'u', 'U' -> isAt(sql, start + 7, "pg_") ? ofChange(sql, start) : null;
      case 'i', 'I' -> isAt(sql, start + 12, "pg_") ? ofChange(sql, start) : null;
      case 'a', 'A' -> isAt(sql, start, "alter") ? ofAlter(after(sql, start)) : null;
      case 'c', 'C' -> isAt(sql, start, "create") ? ofCreate(after(sql, start)) : null;
      case 'd', 'D' -> ofD(sql, start);
      case 'r', 'R' -> ofR(sql, start);
      default -> null;
    };
  }

  private static boolean isAt(String sql, int place, String word) {
    return sql.regionMatches(true, place, word, 0, word.length());
  }

  private static SqlWords after(String sql, int start) {
    SqlWords words = new SqlWords(sql, start);
    words.next();
    return words;
  }

  private static @Nullable AdministrativeSql ofD(String sql, int start) {
    if (isAt(sql, start, "drop")) {
      return ofDrop(after(sql, start));
    }
    if (isAt(sql, start, "delete")) {
      return isAt(sql, start + 12, "pg_") ? ofChange(sql, start) : null;
    }
    return isAt(sql, start, "do") && "do".equals(new SqlWords(sql, start).next())
        ? ofBlock(sql, start)
        : null;
  }

  private static @Nullable AdministrativeSql ofR(String sql, int start) {
    if (isAt(sql, start, "revoke")) {
      return ofRevoke(after(sql, start));
    }
    if (isAt(sql, start, "reassign")) {
      SqlWords words = after(sql, start);
      return words.skipTo("by") ? needsAlone(SessionFilter.ofUsers(names(words))) : null;
    }
    return null;
  }

  private static @Nullable AdministrativeSql ofSelect(String sql, int start) {
    String rest = sql.substring(start + 7).toLowerCase(Locale.ROOT);
    boolean reloads = rest.startsWith("pg_reload_conf") || rest.startsWith("pg_catalog.pg_reload_");
    return reloads ? outdates(SessionFilter.ALL) : null;
  }

  /** {@code UPDATE pg_database SET datallowconn = false} and the like. */
  private static @Nullable AdministrativeSql ofChange(String sql, int start) {
    SqlWords words = after(sql, start);
    String word = words.next();
    while ("from".equals(word) || "into".equals(word) || "pg_catalog".equals(word)) {
      word = words.next();
    }
    return word != null && LOGIN_CATALOGS.contains(word) ? outdates(SessionFilter.ALL) : null;
  }

  private static @Nullable AdministrativeSql ofBlock(String sql, int start) {
    String block = sql.substring(start).toLowerCase(Locale.ROOT);
    for (String word : SPEAKS_OF_LOGINS) {
      if (block.contains(word)) {
        return outdates(SessionFilter.ALL);
      }
    }
    return null;
  }

  private static @Nullable AdministrativeSql ofAlter(SqlWords words) {
    String kind = words.next();
    if (kind == null) {
      return null;
    }
    return switch (kind) {
      case "database" -> ofAlterDatabase(words);
      case "role", "user" -> words.take("mapping") ? null : ofAlterRole(words);
      // Whoever leaves a group may lose the right to connect.
      case "group", "system" -> outdates(SessionFilter.ALL);
      case "event", "type" -> outdates(SessionFilter.OWN_DATABASE);
      default -> null;
    };
  }

  private static AdministrativeSql ofAlterDatabase(SqlWords words) {
    SessionFilter database = SessionFilter.ofDatabases(firstName(words));
    boolean moves = words.take("rename") || (words.take("set") && words.take("tablespace"));
    return moves ? needsAlone(database) : outdates(database);
  }

  private static AdministrativeSql ofAlterRole(SqlWords words) {
    Set<String> name = firstName(words);
    boolean isWord = !words.wasQuoted();
    boolean anybody =
        name == null
            || (isWord
                && (name.contains("all")
                    || name.contains("current_user")
                    || name.contains("current_role")
                    || name.contains("session_user")));
    return outdates(SessionFilter.ofUsers(anybody ? null : name));
  }

  private static @Nullable AdministrativeSql ofCreate(SqlWords words) {
    String kind = words.next();
    if (kind == null) {
      return null;
    }
    return switch (kind) {
      case "database" -> ofCreateDatabase(words);
      // One of that name may have been dropped by somebody else.
      case "role", "user", "group" ->
          words.take("mapping") ? null : outdates(SessionFilter.ofUsers(firstName(words)));
      case "event" -> outdates(SessionFilter.OWN_DATABASE);
      default -> null;
    };
  }

  private static AdministrativeSql ofCreateDatabase(SqlWords words) {
    words.next();
    boolean named = words.skipTo("template") && !words.take("default");
    return needsAlone(
        named
            ? SessionFilter.ofDatabases(firstName(words))
            : SessionFilter.ofDatabase("template1"));
  }

  private static @Nullable AdministrativeSql ofDrop(SqlWords words) {
    String kind = words.next();
    if (kind == null) {
      return null;
    }
    switch (kind) {
      case "database":
        words.skipIfExists();
        return needsAlone(SessionFilter.ofDatabases(firstName(words)));
      case "role", "user", "group":
        if (words.take("mapping")) {
          return null;
        }
        words.skipIfExists();
        return new AdministrativeSql(SessionFilter.ofUsers(names(words)), SessionFilter.ALL, true);
      case "owned":
        words.take("by");
        return needsAlone(SessionFilter.ofUsers(names(words)));
      // The driver remembers the types that it has met in a session.
      case "event", "type", "domain", "schema", "extension":
        return outdates(SessionFilter.OWN_DATABASE);
      default:
        return null;
    }
  }

  /** Without ON it takes a role from somebody, who may have the right to connect through it. */
  private static @Nullable AdministrativeSql ofRevoke(SqlWords words) {
    if (!words.skipTo("on")) {
      return outdates(SessionFilter.ALL);
    }
    String kind = words.next();
    if ("database".equals(kind)) {
      return outdates(SessionFilter.ofDatabases(names(words)));
    }
    return "parameter".equals(kind) ? outdates(SessionFilter.ALL) : null;
  }

  private static @Nullable Set<String> firstName(SqlWords words) {
    String name = words.next();
    return name == null || words.sawUnknownName() ? null : Set.of(name);
  }

  /** The names up to the next key word; null when one cannot be told. */
  private static @Nullable Set<String> names(SqlWords words) {
    Set<String> names = new HashSet<>();
    do {
      String name = words.next();
      if (name == null) {
        return null;
      }
      if (!words.wasQuoted() && name.startsWith("current_")) {
        return null;
      }
      names.add(name);
    } while (words.take(","));
    return words.sawUnknownName() ? null : names;
  }
}
