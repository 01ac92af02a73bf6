package io.tenantpool.observation;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event on one line, whatever its values hold, without secrets. */
final class LogLine {

  /** Always with three digits of a second, so that columns stay columns. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private static final int LEVEL_WIDTH = 5;

  private final String level;
  private final long epochMillis;
  private final String event;
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final @Nullable String request;

  LogLine(LogLevel level, long epochMillis, String event) {
    this(level, epochMillis, event, null);
  }

  /** Caused by a thread that works for {@code request}, which the line ends with. */
  LogLine(LogLevel level, long epochMillis, String event, @Nullable String request) {
    this(level.name(), epochMillis, event, request);
  }

  private LogLine(String level, long epochMillis, String event, @Nullable String request) {
    this.level = level;
    this.epochMillis = epochMillis;
    this.event = event;
    this.request = request;
  }

  /** A line of the audit, where the level would stand. */
  static LogLine audit(long epochMillis, String event, @Nullable String request) {
    return new LogLine("AUDIT", epochMillis, event, request);
  }

  /** Adds a field; one without a value is left out. Numbers and booleans stay what they are. */
  LogLine with(String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
    return this;
  }

  String render(LogFormat format) {
    with("request", request);
    return format == LogFormat.JSON ? json() : text();
  }

  private String text() {
    StringBuilder line = new StringBuilder(160);
    line.append(TIME.format(Instant.ofEpochMilli(epochMillis)))
        .append(' ')
        .append(level)
        .append(" ".repeat(Math.max(0, LEVEL_WIDTH - level.length())))
        .append(" tenantpool ")
        .append(event);
    fields.forEach((name, value) -> line.append(' ').append(name).append('=').append(plain(value)));
    return line.toString();
  }

  private String json() {
    StringBuilder line = new StringBuilder(200);
    line.append("{\"time\":\"").append(TIME.format(Instant.ofEpochMilli(epochMillis)));
    line.append("\",\"level\":\"").append(level).append("\",\"event\":").append(quote(event));
    fields.forEach(
        (name, value) ->
            line.append(',')
                .append(quote(name))
                .append(':')
                .append(isBare(value) ? value.toString() : quote(clean(value))));
    return line.append('}').toString();
  }

  private static boolean isBare(Object value) {
    return value instanceof Long || value instanceof Integer || value instanceof Boolean;
  }

  private static String clean(Object value) {
    return Secrets.hide(value.toString());
  }

  /** As it is when it is one plain word, quoted otherwise. */
  private static String plain(Object value) {
    String text = clean(value);
    boolean oneWord =
        !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c != '"' && c != '\\' && c < 0x7f);
    return oneWord ? text : quote(text);
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (isPrintable(c)) {
            quoted.append(c);
          } else {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** Control characters and the line and paragraph separators could break a line in two. */
  private static boolean isPrintable(char c) {
    return c >= ' ' && !(c >= 0x7f && c < 0xa0) && c != '\u2028' && c != '\u2029';
  }
}
