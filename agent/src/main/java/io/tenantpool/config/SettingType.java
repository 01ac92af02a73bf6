package io.tenantpool.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kind of value a setting has, and which values of that kind it takes. */
public interface SettingType {

  /** The word for an absent value, where a setting may have none. */
  String NONE = "none";

  /**
   * The value that {@code text} stands for.
   *
   * @throws IllegalArgumentException when it stands for none; the message goes on from "the value"
   *     and holds no secret
   */
  Object parse(String text);

  /** Which values are taken, to be read after "must be". */
  String allowed();

  /** Whether the value must never be shown, not even in a message that says what is wrong. */
  default boolean isSecret() {
    return false;
  }

  /** A {@link Boolean}. */
  record Flag() implements SettingType {

    @Override
    public Object parse(String text) {
      if (text.equalsIgnoreCase("true")) {
        return Boolean.TRUE;
      }
      if (text.equalsIgnoreCase("false")) {
        return Boolean.FALSE;
      }
      throw mustBe(this);
    }

    @Override
    public String allowed() {
      return "true or false";
    }
  }

  /**
   * An {@link Integer}.
   *
   * @param rangeText the range as people read it
   */
  record Whole(int min, int max, String rangeText) implements SettingType {

    @Override
    public Object parse(String text) {
      long number = Digits.parse(text);
      if (number < min || number > max) {
        throw mustBe(this);
      }
      return (int) number;
    }

    @Override
    public String allowed() {
      return "a whole number from " + rangeText;
    }
  }

  /** A {@link Duration}; the bounds are written as an operator would. */
  record Time(String min, String max) implements SettingType {

    @Override
    public Object parse(String text) {
      Duration duration = DurationText.parse(text);
      if (duration == null
          || duration.compareTo(bound(min)) < 0
          || duration.compareTo(bound(max)) > 0) {
        throw new IllegalArgumentException(
            "must be " + allowed() + ", such as 500ms, 30s, 5m or 1h");
      }
      return duration;
    }

    private static Duration bound(String text) {
      Duration bound = DurationText.parse(text);
      if (bound == null) {
        throw new IllegalStateException(text);
      }
      return bound;
    }

    @Override
    public String allowed() {
      return "a duration from " + min + " to " + max;
    }
  }

  /** A {@link Duration}, zero for {@code none}, which may also be written as such a duration. */
  record TimeOrNone(String min, String max) implements SettingType {

    @Override
    public Object parse(String text) {
      if (text.equalsIgnoreCase(NONE) || Duration.ZERO.equals(DurationText.parse(text))) {
        return Duration.ZERO;
      }
      return new Time(min, max).parse(text);
    }

    @Override
    public String allowed() {
      return new Time(min, max).allowed().concat(", or none");
    }
  }

  /** One of the constants of an enum, written in any case. */
  record Choice(List<? extends Enum<?>> constants) implements SettingType {

    @Override
    public Object parse(String text) {
      for (Enum<?> constant : constants) {
        if (constant.name().equalsIgnoreCase(text)) {
          return constant;
        }
      }
      throw mustBe(this);
    }

    @Override
    public String allowed() {
      StringBuilder names = new StringBuilder();
      int last = constants.size() - 1;
      for (int i = 0; i <= last; i++) {
        names.append(i == 0 ? "" : i == last ? " or " : ", ");
        names.append(constants.get(i).name().toLowerCase(Locale.ROOT));
      }
      return names.toString();
    }
  }

  /** A list of {@link UrlPattern}, empty for {@code none} where that is allowed. */
  record Patterns(boolean mayBeNone) implements SettingType {

    @Override
    public Object parse(String text) {
      return UrlPatternList.parse(text, mayBeNone);
    }

    @Override
    public String allowed() {
      String patterns = "URL patterns, separated by commas";
      return mayBeNone ? patterns + ", or none" : patterns;
    }
  }

  /** An {@link Optional} of {@link Path}. */
  record FileName() implements SettingType {

    @Override
    public Object parse(String text) {
      try {
        return path(text);
      } catch (InvalidPathException e) {
        throw mustBe(this);
      }
    }

    /**
     * The path, relative ones as they are; empty for {@code none}.
     *
     * @throws InvalidPathException when the file system has no such paths
     */
    static Optional<Path> path(String text) {
      return text.equalsIgnoreCase(NONE) ? Optional.empty() : Optional.of(Path.of(text));
    }

    @Override
    public String allowed() {
      return "the path of a file, or none";
    }
  }

  /** An {@link Optional} of the {@link Integer} that a port is. */
  record Port() implements SettingType {

    private static final int LARGEST = 65_535;

    @Override
    public Object parse(String text) {
      if (text.equalsIgnoreCase(NONE)) {
        return Optional.empty();
      }
      long number = Digits.parse(text);
      if (number < 0 || number > LARGEST) {
        throw mustBe(this);
      }
      return Optional.of((int) number);
    }

    @Override
    public String allowed() {
      return "a port from 0 to 65535, or none";
    }
  }

  /** The name or the IP address of a host, as a {@link String}; whether it exists is seen later. */
  record Host() implements SettingType {

    @Override
    public Object parse(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (!isAsciiLetterOrDigit(c) && ".-_:%".indexOf(c) < 0) {
          throw mustBe(this);
        }
      }
      return text;
    }

    @Override
    public String allowed() {
      return "a host name or an IP address";
    }
  }

  /** An {@link Optional} of a {@link String} that is never shown: a bearer token (RFC 6750). */
  record Secret() implements SettingType {

    private static final int SHORTEST = 16;

    @Override
    public Object parse(String text) {
      return text.equalsIgnoreCase(NONE) ? Optional.empty() : Optional.of(check(text));
    }

    /**
     * The text itself.
     *
     * @throws IllegalArgumentException when it is no token
     */
    static String check(String text) {
      boolean fits = text.length() >= SHORTEST;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        fits &= isAsciiLetterOrDigit(c) || "-._~+/=".indexOf(c) >= 0;
      }
      if (!fits) {
        throw mustBe(new Secret());
      }
      return text;
    }

    @Override
    public boolean isSecret() {
      return true;
    }

    @Override
    public String allowed() {
      return "at least 16 letters, digits and characters of -._~+/=, or none";
    }
  }

  /** An {@link Optional} of a {@link ConfigKey}, which is never shown. */
  record Key() implements SettingType {

    static final String ALLOWED = "a key that the command encrypt has made: 32 bytes in Base64";

    @Override
    public Object parse(String text) {
      return text.equalsIgnoreCase(NONE) ? Optional.empty() : Optional.of(ConfigKey.parse(text));
    }

    @Override
    public boolean isSecret() {
      return true;
    }

    @Override
    public String allowed() {
      return ALLOWED.concat(", or none");
    }
  }

  /** A {@link TenantTags}. */
  record Tags() implements SettingType {

    @Override
    public Object parse(String text) {
      TenantTags tags = TenantTags.parse(text);
      if (tags == null) {
        throw mustBe(this);
      }
      return tags;
    }

    @Override
    public String allowed() {
      return "all, none, or top:N with N from 1 to 100000";
    }
  }

  private static boolean isAsciiLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static IllegalArgumentException mustBe(SettingType type) {
    return new IllegalArgumentException("must be ".concat(type.allowed()));
  }
}
