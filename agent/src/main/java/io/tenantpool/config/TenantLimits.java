package io.tenantpool.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What holds for some tenants: {@code acme<=10, trial-*<=1, gold-*>=4, big*weight=3}. Where several
 * fit a tenant, the first one that says something of its least, most or weight counts for that.
 */
public final class TenantLimits {

  /** All tenants are alike. */
  public static final TenantLimits NONE = new TenantLimits(List.of(), SettingType.NONE);

  private static final int MOST_CONNECTIONS = 10_000;
  private static final int MOST_WEIGHT = 100;
  private static final String WEIGHT = "weight=";

  private final List<TenantLimit> limits;
  private final String text;

  /** What holds for one tenant; empty where nothing is said. */
  public record Of(OptionalInt least, OptionalInt most, OptionalInt weight) {}

  private TenantLimits(List<TenantLimit> limits, String text) {
    this.limits = limits;
    this.text = text;
  }

  /** What holds for that tenant. */
  public Of of(String tenant) {
    return new Of(
        first(tenant, TenantLimit::least),
        first(tenant, TenantLimit::most),
        first(tenant, TenantLimit::weight));
  }

  private OptionalInt first(String tenant, Function<TenantLimit, OptionalInt> what) {
    for (TenantLimit limit : limits) {
      OptionalInt said = what.apply(limit);
      if (said.isPresent() && limit.fits(tenant)) {
        return said;
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The limits that {@code text} has.
   *
   * @throws IllegalArgumentException with everything that is wrong; the message goes on from "the
   *     value"
   */
  public static TenantLimits parse(String text) {
    if (text.equalsIgnoreCase(SettingType.NONE)) {
      return NONE;
    }
    List<String> problems = new ArrayList<>();
    List<TenantLimit> limits = new ArrayList<>();
    for (String element : text.split(",", -1)) {
      try {
        limits.add(limit(element.strip()));
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    TenantLimits all = new TenantLimits(List.copyOf(limits), text);
    all.reportContradictions(problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("is wrong: " + String.join("; ", problems));
    }
    return all;
  }

  private static TenantLimit limit(String element) {
    OptionalInt none = OptionalInt.empty();
    int at = element.indexOf("<=");
    if (at >= 0) {
      return new TenantLimit(
          pattern(element, at), none, number(element, at + 2, 1, MOST_CONNECTIONS), none);
    }
    at = element.indexOf(">=");
    if (at >= 0) {
      return new TenantLimit(
          pattern(element, at), number(element, at + 2, 1, MOST_CONNECTIONS), none, none);
    }
    at = element.indexOf(WEIGHT);
    if (at >= 0) {
      return new TenantLimit(
          pattern(element, at), none, none, number(element, at + WEIGHT.length(), 1, MOST_WEIGHT));
    }
    throw new IllegalArgumentException(
        "\"" + element + "\" has none of <=, >= and weight=, as acme<=10 has");
  }

  private static String pattern(String element, int end) {
    String pattern = element.substring(0, end).strip();
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException(
          "\"" + element + "\" names no tenant; * stands for all of them");
    }
    if (pattern.chars().anyMatch(c -> c <= ' ' || c == '<' || c == '>' || c == '=')) {
      throw new IllegalArgumentException(
          "\"" + element + "\" must be a tenant's name or a pattern, and one limit");
    }
    return pattern;
  }

  private static OptionalInt number(String element, int start, int least, int most) {
    long number = Digits.parse(element.substring(start).strip());
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "\"" + element + "\" needs a whole number from " + least + " to " + most);
    }
    return OptionalInt.of((int) number);
  }

  /** What is said twice, and what no tenant could be given. */
  private void reportContradictions(List<String> problems) {
    Map<String, Of> said = new LinkedHashMap<>();
    for (TenantLimit limit : limits) {
      Of before =
          said.getOrDefault(
              limit.pattern(),
              new Of(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()));
      if ((before.least().isPresent() && limit.least().isPresent())
          || (before.most().isPresent() && limit.most().isPresent())
          || (before.weight().isPresent() && limit.weight().isPresent())) {
        problems.add("\"" + limit.pattern() + "\" has two limits of the same kind");
      }
      said.put(
          limit.pattern(),
          new Of(
              either(before.least(), limit.least()),
              either(before.most(), limit.most()),
              either(before.weight(), limit.weight())));
    }
    for (TenantLimit one : limits) {
      for (TenantLimit other : limits) {
        reportTooMuch(one, other, problems);
      }
    }
  }

  /**
   * Looks at a tenant that both fit, if there is one: whether the one is its least and the other
   * its most. Another one that both fit may be another limit's; what slips through bounds itself.
   */
  private void reportTooMuch(TenantLimit one, TenantLimit other, List<String> problems) {
    if (one.least().isEmpty()
        || other.most().isEmpty()
        || one.least().getAsInt() <= other.most().getAsInt()) {
      return;
    }
    String name = CommonName.of(one.pattern(), other.pattern());
    if (name != null
        && of(name).least().equals(one.least())
        && of(name).most().equals(other.most())) {
      TenantLimit named = other.isOfOne() ? other : one;
      boolean isSame = named.isOfOne() || one.pattern().equals(other.pattern());
      problems.add(
          "\""
              + named.pattern()
              + "\" is to have "
              + one.least().getAsInt()
              + " at least and "
              + (isSame ? "" : "may be \"" + other.pattern() + "\", which is to have ")
              + other.most().getAsInt()
              + " at most");
    }
  }

  private static OptionalInt either(OptionalInt one, OptionalInt other) {
    return one.isPresent() ? one : other;
  }

  /** The limit that says what that tenant may have at most, such as {@code trial-*<=1}. */
  public Optional<String> saysMost(String tenant) {
    return limits.stream()
        .filter(limit -> limit.most().isPresent() && limit.fits(tenant))
        .findFirst()
        .map(limit -> limit.pattern() + "<=" + limit.most().getAsInt());
  }

  /** The limits that allow a tenant more than so many: they say nothing. */
  List<String> aboveMost(int connections) {
    return limits.stream()
        .filter(limit -> limit.most().orElse(0) > connections)
        .map(limit -> limit.pattern() + "<=" + limit.most().orElse(0))
        .toList();
  }

  /** The largest that any tenant is to have at least; 0 when none is. */
  int largestLeast() {
    return limits.stream()
        .filter(limit -> limit.least().isPresent())
        .map(limit -> limit.isOfOne() ? of(limit.pattern()).least() : limit.least())
        .mapToInt(least -> least.orElse(0))
        .max()
        .orElse(0);
  }

  /** What the tenants that are named one by one are to have at least, together. */
  int leastOfNamed() {
    return limits.stream()
        .filter(TenantLimit::isOfOne)
        .map(TenantLimit::pattern)
        .distinct()
        .mapToInt(name -> of(name).least().orElse(0))
        .sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TenantLimits that && limits.equals(that.limits);
  }

  @Override
  public int hashCode() {
    return limits.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
