package io.tenantpool.benchmarks;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** One round of one way, or why there was none: a value for each column, perhaps empty. */
record Row(Map<Column, String> values) {

  Row {
    values = Collections.unmodifiableMap(new EnumMap<>(values));
  }

  String text(Column column) {
    return values.getOrDefault(column, "");
  }

  OptionalDouble number(Column column) {
    String text = text(column);
    return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
  }

  boolean isSkipped() {
    return !text(Column.SKIPPED).isEmpty();
  }

  /** The values of these columns, to compare rows by. */
  List<String> key(List<Column> columns) {
    return columns.stream().map(this::text).toList();
  }

  /** Collects the values of a row. */
  static final class Builder {

    private final Map<Column, String> values = new EnumMap<>(Column.class);

    Builder with(Column column, String value) {
      values.put(column, value);
      return this;
    }

    Builder with(Column column, long value) {
      return with(column, Long.toString(value));
    }

    /** Rounded to three decimal places; NaN is not measured. */
    Builder with(Column column, double value) {
      return with(column, Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value));
    }

    Row build() {
      return new Row(values);
    }
  }
}
