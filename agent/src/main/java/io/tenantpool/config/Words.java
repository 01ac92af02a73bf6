package io.tenantpool.config;

import java.util.ArrayList;
import java.util.List;

/** A list of words without blanks, separated by commas; empty for {@code none}. */
record Words() implements SettingType {

  @Override
  public Object parse(String text) {
    if (text.equalsIgnoreCase(NONE)) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int comma = 0; comma >= 0; start = comma + 1) {
      comma = text.indexOf(',', start);
      String word = (comma < 0 ? text.substring(start) : text.substring(start, comma)).strip();
      if (!isOneWord(word)) {
        throw new IllegalArgumentException("must be ".concat(allowed()));
      }
      if (!words.contains(word)) {
        words.add(word);
      }
    }
    return List.copyOf(words);
  }

  private static boolean isOneWord(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) <= ' ' || word.charAt(i) == 0x7f) {
        return false;
      }
    }
    return !word.isEmpty();
  }

  @Override
  public String allowed() {
    return "words, separated by commas, or none";
  }
}
