package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * Whether SQL speaks of a seed: {@code setseed(…)}, {@code SET seed}. To give every session a new
 * seed would cost every reset the parsing of a new statement, and hardly any program sets one.
 */
final class SeedWatch {

  private static final String SEED = "seed";

  private SeedWatch() {}

  static boolean isMentioned(@Nullable String sql) {
    if (sql == null) {
      return false;
    }
    for (int i = 0; i + SEED.length() <= sql.length(); i++) {
      char first = sql.charAt(i);
      if ((first == 's' || first == 'S') && sql.regionMatches(true, i, SEED, 0, SEED.length())) {
        return true;
      }
    }
    return false;
  }
}
