package io.tenantpool.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether there is a name that two patterns fit, in which {@code *} stands for any characters, and
 * that none of some others fits. It reads all names at once, character by character: all that
 * matters of a beginning is how far it may have come in each of the patterns.
 */
final class NamesInCommon {

  /** Stands for all characters that are in none of the patterns; a pattern cannot have it. */
  private static final char ANY_OTHER = ' ';

  /** More than people's patterns have; those that have more are taken to have nothing in common. */
  private static final int MOST_BEGINNINGS = 10_000;

  private final List<String> patterns = new ArrayList<>();
  private final Set<Character> letters = new HashSet<>();

  private NamesInCommon(String one, String other, List<String> butNot) {
    patterns.add(one);
    patterns.add(other);
    patterns.addAll(butNot);
    letters.add(ANY_OTHER);
    for (String pattern : patterns) {
      pattern.chars().filter(c -> c != '*').forEach(c -> letters.add((char) c));
    }
  }

  /** Whether a name fits the first two and none of the others. */
  static boolean are(String one, String other, List<String> butNot) {
    List<String> inTheWay = butNot.stream().filter(each -> are(each, one, other)).toList();
    return are(one, other) && (inTheWay.isEmpty() || new NamesInCommon(one, other, inTheWay).any());
  }

  private static boolean are(String pattern, String one, String other) {
    return are(pattern, one) && are(pattern, other);
  }

  private static boolean are(String one, String other) {
    return new NamesInCommon(one, other, List.of()).any();
  }

  private boolean any() {
    List<BitSet> start = patterns.stream().map(NamesInCommon::start).toList();
    Set<List<BitSet>> seen = new HashSet<>();
    Deque<List<BitSet>> next = new ArrayDeque<>();
    next.add(start);
    seen.add(start);
    while (!next.isEmpty() && seen.size() < MOST_BEGINNINGS) {
      List<BitSet> places = next.remove();
      if (isName(places)) {
        return true;
      }
      for (char letter : letters) {
        List<BitSet> after = after(places, letter);
        if (!after.get(0).isEmpty() && !after.get(1).isEmpty() && seen.add(after)) {
          next.add(after);
        }
      }
    }
    return false;
  }

  private boolean isName(List<BitSet> places) {
    for (int i = 0; i < patterns.size(); i++) {
      boolean fits = places.get(i).get(patterns.get(i).length());
      if (fits != i < 2) {
        return false;
      }
    }
    return true;
  }

  private List<BitSet> after(List<BitSet> places, char letter) {
    List<BitSet> after = new ArrayList<>(places.size());
    for (int i = 0; i < places.size(); i++) {
      after.add(after(patterns.get(i), places.get(i), letter));
    }
    return after;
  }

  private static BitSet start(String pattern) {
    return closed(pattern, new BitSet(), 0);
  }

  /** How far one may have come in the pattern with one letter more. */
  private static BitSet after(String pattern, BitSet places, char letter) {
    BitSet after = new BitSet();
    for (int at = places.nextSetBit(0);
        at >= 0 && at < pattern.length();
        at = places.nextSetBit(at + 1)) {
      if (pattern.charAt(at) == '*') {
        closed(pattern, after, at);
      } else if (pattern.charAt(at) == letter) {
        closed(pattern, after, at + 1);
      }
    }
    // Whoever has come to a star needs no way that stays behind it.
    for (int at = after.length() - 1; at >= 0; at--) {
      if (after.get(at) && at < pattern.length() && pattern.charAt(at) == '*') {
        after.clear(0, at);
        break;
      }
    }
    return after;
  }

  private static BitSet closed(String pattern, BitSet places, int from) {
    int at = from;
    places.set(at);
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
      places.set(at);
    }
    return places;
  }
}
