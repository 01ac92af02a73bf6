package io.tenantpool.config;

import org.jspecify.annotations.Nullable;

/**
 * How many tenants of each server have time series of their own.
 *
 * @param most 0 for none, {@link Integer#MAX_VALUE} for all
 */
public record TenantTags(int most) {

  private static final String TOP = "top:";
  private static final int LARGEST_TOP = 100_000;

  /** What {@code text} says; null when it says nothing. */
  static @Nullable TenantTags parse(String text) {
    if (text.equalsIgnoreCase("all")) {
      return new TenantTags(Integer.MAX_VALUE);
    }
    if (text.equalsIgnoreCase(SettingType.NONE)) {
      return new TenantTags(0);
    }
    if (!text.regionMatches(true, 0, TOP, 0, TOP.length())) {
      return null;
    }
    long number = Digits.parse(text.substring(TOP.length()));
    return number < 1 || number > LARGEST_TOP ? null : new TenantTags((int) number);
  }
}
