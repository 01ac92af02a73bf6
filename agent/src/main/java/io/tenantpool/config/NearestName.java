package io.tenantpool.config;

import java.util.Locale;

/** Which setting somebody may have meant: the one that the fewest keystrokes lead to. */
final class NearestName {

  private NearestName() {}

  /** The setting whose name is nearest to {@code name}, whatever case and separators it has. */
  static SettingKey of(String name) {
    String wanted = plain(name);
    SettingKey nearest = SettingKey.ENABLED;
    int fewest = Integer.MAX_VALUE;
    for (SettingKey key : SettingKey.values()) {
      int edits = edits(wanted, key.argument());
      if (edits < fewest) {
        fewest = edits;
        nearest = key;
      }
    }
    return nearest;
  }

  private static String plain(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    return plain.startsWith("tenantpool-") ? plain.substring("tenantpool-".length()) : plain;
  }

  /** Levenshtein's distance: insertions, deletions and substitutions. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
